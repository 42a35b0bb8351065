// Marks and messages of a run from the few bytes of commsim.page.coding; both count alike to the last bit.

const LASTING = 1 | 2 | 4 | 128; // bits of a mark that stay from day to day
const FLAGS = 768, BITS = 512, WROTE = 1440; // circumstances that are told apart
const RARE = 64000, STEADY = 250;
const RATES = Float64Array.from({ length: STEADY + 1 }, (_, n) => Math.floor(32768 / (n + 1.5)));

/** Marks and messages by evening and person, behind each other; `beside`: those of two other runs, or none; `start`: the first row told. */
export function decoded(bytes, { rows, persons, start, beside }) {
  const marks = new Uint8Array(rows * persons), wrote = new Uint8Array(rows * persons);
  const [one = { marks, wrote }, other = one] = beside, [lag, otherLag] = beside.length ? [0, 0] : [1, 7];
  if (start > 0) {
    marks.set(one.marks.subarray(0, start * persons));
    wrote.set(one.wrote.subarray(0, start * persons));
  }
  const answer = answers(bytes), at = (column, row, i) => (row >= 0 ? column[row * persons + i] : 0);
  for (let row = start; row < rows; row++) {
    for (let i = 0; i < persons; i++) {
      const was = at(marks, row - 1, i), a = at(one.marks, row - lag, i), aWas = at(one.marks, row - lag - 1, i);
      const b = at(other.marks, row - otherLag, i), bWas = at(other.marks, row - otherLag - 1, i);
      let mark = a;
      if (answer(flag(a, b, was, aWas, bWas))) {
        for (let bit = 0, some = 0; bit < 8; bit++) {
          const known = ((bit > 2 ? mark : a) >> 1) & 3, differed = ((was ^ aWas) >> bit) & 1;
          const place = (((bit * 2 + ((a >> bit) & 1)) * 2 + ((b >> bit) & 1)) * 2 + some) * 2 + differed;
          if (answer(FLAGS + place * 4 + known)) [mark, some] = [mark ^ (1 << bit), 1];
        }
      }
      const looked = ((mark >> 3) & 1) * 2 + ((a >> 3) & 1), usual = Math.min(at(one.wrote, row - lag, i), 5), second = Math.min(at(other.wrote, row - otherLag, i), 5);
      const talk = FLAGS + BITS + ((looked * 6 + usual) * 6 + second) * 10;
      let n = 0;
      while (n < 255 && answer(talk + Math.min(n, 9))) n++;
      marks[row * persons + i] = mark;
      wrote[row * persons + i] = n;
    }
  }
  return { marks, wrote };
}

/** Where it is counted whether a mark differs from the first neighbour's. */
function flag(a, b, was, aWas, bWas) {
  const apart = a ^ b, doubt = (apart & LASTING ? 1 : 0) | (apart & 8 ? 2 : 0) | (apart & 112 ? 4 : 0);
  const stood = ((a >> 1) & 7) | (a & 48 ? 8 : 0), like = was === aWas ? 1 : ((was ^ aWas) & LASTING) === 0 ? 2 : 0;
  return ((stood * 8 + doubt) * 3 + like) * 2 + (((was ^ bWas) & LASTING) === 0 ? 1 : 0);
}

/** A reader of answers (0 or 1), each by the place where such answers are counted. */
function answers(bytes) {
  const chances = new Uint16Array(FLAGS + BITS + WROTE).fill(32768).fill(RARE, 0, FLAGS), seen = new Uint8Array(chances.length);
  let next = 0, range = 0xffffffff, code = 0;
  const byte = () => (next < bytes.length ? bytes[next++] : 0);
  for (let k = 0; k < 4; k++) code = code * 256 + byte();
  return (at) => {
    const chance = chances[at], rate = RATES[seen[at]], bound = (range >>> 16) * chance, bit = code < bound ? 0 : 1;
    if (bit) {
      code -= bound;
      range -= bound;
      chances[at] = chance - ((chance * rate) >> 15);
    } else {
      range = bound;
      chances[at] = chance + (((65535 - chance) * rate) >> 15);
    }
    if (seen[at] < STEADY) seen[at]++;
    while (range < 16777216) {
      range *= 256;
      code = code * 256 + byte();
    }
    return bit;
  };
}
