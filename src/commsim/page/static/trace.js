// A run as the server sends it (see commsim.page.trace), with what is drawn of it.

export const LEFT = 1, HERE = 2, MUTED = 4, LOOKED = 8, BOUGHT = 16, PAID = 32, CAME = 64, INVITED = 128;
const ARRAYS = { uint8: Uint8Array, int16: Int16Array, int32: Int32Array, float32: Float32Array };

export class Trace {
  /** `buffer`: one byte of panel, three of nothing, then the trace. */
  constructor(buffer) {
    this.panel = new Uint8Array(buffer)[0];
    const length = new DataView(buffer).getUint32(4, true);
    const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
    Object.assign(this, head);
    this.columns = {};
    for (const [name, [offset, type, shape]] of Object.entries(head.columns)) {
      const size = shape.reduce((product, part) => product * part, 1);
      this.columns[name] = new ARRAYS[type](buffer, 8 + length + offset, size);
      this.columns[name].shape = shape;
    }
    this.curves = curves(head);
  }

  /** Marks of all persons on the evening before position `at`; position 0 is the first morning. */
  marks(at) {
    return this.row("marks", at);
  }

  /** Messages of all persons in the week that ends at a position. */
  week(at) {
    const sums = new Uint16Array(this.persons);
    for (let row = Math.max(1, at - 6); row <= at; row++) {
      const wrote = this.row("wrote", row);
      for (let i = 0; i < sums.length; i++) sums[i] += wrote[i];
    }
    return sums;
  }

  /** Share of members who looked in, over the week that ends at a position. */
  attention(at) {
    const { looked, members } = this.daily, last = Math.max(1, at);
    let sum = 0, days = 0;
    for (let day = Math.max(0, last - 7); day < last; day++, days++) sum += looked[day] / Math.max(1, members[day]);
    return sum / days;
  }

  row(name, at) {
    const width = this.columns[name].length / this.columns[name].shape[0];
    return this.columns[name].subarray(at * width, (at + 1) * width);
  }

  /** The settings that hold on a day, of each strategy that is not over. */
  running(day) {
    const found = new Map();
    for (const entry of [...this.entries].sort((a, b) => a.starts - b.starts)) {
      if (!found.has(entry.name) || entry.starts - entry.warm_up <= day) found.set(entry.name, entry);
    }
    return [...found.values()].filter((entry) => (entry.ends ?? this.days - 1) >= day);
  }
}

/** What the curves show, day by day; orders and profit since the start; `own`: profit beyond nobody running it. */
function curves({ daily, more, groups, alone }) {
  return {
    ...more,
    active: daily.looked.map((looked, day) => (100 * looked) / Math.max(1, daily.members[day])),
    messages: daily.messages.map((messages) => messages / Math.max(1, groups)),
    members: daily.members,
    ringing: daily.members.map((members, day) => members - daily.muted[day]),
    orders: inAll(daily.orders),
    profit: inAll(daily.profit),
    own: inAll(daily.profit.map((profit, day) => profit - alone[day])),
  };
}

function inAll(values) {
  let total = 0;
  return values.map((value) => (total += value));
}
