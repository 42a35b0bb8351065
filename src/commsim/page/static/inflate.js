// Unpacks what zlib packed (RFC 1950 and 1951): browsers that a phone of some years has can't do it themselves.

const LENGTHS = steps(3, [...Array(4).fill(0), ...[0, 1, 2, 3, 4, 5].flatMap((bits) => Array(4).fill(bits))]);
const DISTANCES = steps(1, [0, 0, ...Array.from({ length: 14 }, (_, bits) => [bits, bits]).flat()]);
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]; // of the lengths of codes of lengths
const FIXED = [tree([...Array(144).fill(8), ...Array(112).fill(9), ...Array(24).fill(7), ...Array(8).fill(8)]), tree(Array(30).fill(5))];

/** First value and further bits of each step. */
function steps(first, bits) {
  return bits.map((more) => {
    const step = [first, more];
    first += 1 << more;
    return step;
  });
}

/** Bytes of a text in base64. */
export const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** What a text holds that was packed as JSON. */
export const unpacked = (text) => JSON.parse(new TextDecoder().decode(inflated(bytesOf(text))));

/** The bytes that some were packed from. */
export function inflated(packed) {
  const from = { packed, at: 16, bits: (count) => bits(from, count) }; // behind a head of two bytes
  let out = new Uint8Array(4 * packed.length + 1024), length = 0;
  const room = (more) => {
    if (length + more <= out.length) return;
    const larger = new Uint8Array(2 * (length + more));
    larger.set(out);
    out = larger;
  };
  for (let last = 0; !last;) {
    last = from.bits(1);
    const kind = from.bits(2);
    if (kind === 0) {
      const start = (from.at + 7) >> 3, size = packed[start] | (packed[start + 1] << 8);
      room(size);
      out.set(packed.subarray(start + 4, start + 4 + size), length);
      length += size;
      from.at = 8 * (start + 4 + size);
      continue;
    }
    const [letters, distances] = kind === 1 ? FIXED : trees(from);
    for (let symbol = letter(from, letters); symbol !== 256; symbol = letter(from, letters)) {
      room(258);
      if (symbol < 256) out[length++] = symbol;
      else {
        const [size, more] = symbol === 285 ? [258, 0] : LENGTHS[symbol - 257], copies = size + from.bits(more);
        const [near, further] = DISTANCES[letter(from, distances)], back = near + from.bits(further);
        for (let k = 0; k < copies; k++, length++) out[length] = out[length - back];
      }
    }
  }
  return out.subarray(0, length);
}

function bits(from, count) {
  let value = 0;
  for (let k = 0; k < count; k++, from.at++) value |= ((from.packed[from.at >> 3] >> (from.at & 7)) & 1) << k;
  return value;
}

/** The codes of a block, which are packed themselves. */
function trees(from) {
  const letters = from.bits(5) + 257, distances = from.bits(5) + 1, own = Array(19).fill(0), count = from.bits(4) + 4;
  for (let k = 0; k < count; k++) own[ORDER[k]] = from.bits(3);
  const codes = tree(own), lengths = [];
  while (lengths.length < letters + distances) {
    const symbol = letter(from, codes);
    if (symbol < 16) lengths.push(symbol);
    else {
      const [value, least, more] = [[lengths[lengths.length - 1], 3, 2], [0, 3, 3], [0, 11, 7]][symbol - 16];
      for (let again = least + from.bits(more); again > 0; again--) lengths.push(value);
    }
  }
  return [tree(lengths.slice(0, letters)), tree(lengths.slice(letters))];
}

/** How many codes there are of each length, and the symbols in the order of their codes. */
function tree(lengths) {
  const counts = new Uint16Array(16), symbols = [];
  for (let length = 1; length < 16; length++) {
    lengths.forEach((one, symbol) => { if (one === length) symbols.push(symbol); });
    counts[length] = lengths.filter((one) => one === length).length;
  }
  return { counts, symbols };
}

function letter(from, { counts, symbols }) {
  const { packed } = from;
  let { at } = from, code = 0, first = 0, index = 0;
  for (let length = 1; length < 16; length++) {
    code |= (packed[at >> 3] >> (at & 7)) & 1;
    at++;
    const count = counts[length];
    if (code - count < first) {
      from.at = at;
      return symbols[index + code - first];
    }
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw new Error("damaged");
}
