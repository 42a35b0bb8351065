// The line to the server: messages out as JSON, replies in as JSON or as the bytes of a trace.

export class Link {
  /** `hear` gets every reply; `lost` is called once when the line breaks. */
  constructor(hear, lost) {
    this.socket = new WebSocket(`ws://${location.host}/talk`);
    this.socket.binaryType = "arraybuffer";
    this.socket.onmessage = (event) => hear(typeof event.data === "string" ? JSON.parse(event.data) : event.data);
    this.socket.onclose = lost;
  }

  ask(message) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }
}
