// Places names beside dots: the first of them choose first, and none covers a dot, another name or an edge. Chooses no word.
// charts/names.py does the same for paper.
const SIDES = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]];
const BETWEEN = [[0.5, -1], [-0.5, -1], [0.5, 1], [-0.5, 1], [1, -0.5], [-1, -0.5], [1, 0.5], [-1, 0.5]];
const REACHES = [0, 12, 24, 38, 54]; // pixels farther out, with a line to the dot
const BESIDE = 6; // pixels
const ROOM = 6000; // square pixels a name: on a phone a few names, not all in small letters
const brush = document.createElement("canvas").getContext("2d");
const lengths = new Map();

// How long a text is in pixels.
export function long(text, size, family, bold) {
  const font = `${bold ? 800 : 500} ${size}px ${family}`;
  const key = font + text;
  if (!lengths.has(key)) {
    brush.font = font;
    lengths.set(key, Math.min(brush.measureText(text).width, size * 16));
  }
  return lengths.get(key);
}

export function forget() {
  lengths.clear();
}

// Which of `names` ({place, x, y, radius, size, wide, must}, heaviest first) stand where in a frame among `dots` ({place, x, y, radius})
// and boxes that are `taken`. Returns a Map of name -> {left, top, line}: from its dot to its left upper corner; line, if it needs one,
// as [x, y, x, y]. A name that `must` stand does so inside the frame, whatever it covers of the dots.
export function placed(names, dots, {width, height}, taken = []) {
  const stood = new Map();
  const around = ({x, y, radius}) => [x - radius, y - radius, x + radius, y + radius];
  const round = dots.map(around);
  const inside = ({box}) => box[0] > 2 && box[1] > 2 && box[2] < width - 2 && box[3] < height - 2;
  const meet = (spot, other) => [spot.box, ...spot.path].some((one) => !clear(one, [other.box, ...other.path]));
  const apart = (spot) => [...stood.values()].every((other) => !meet(spot, other));
  const spotsOf = (name) => [...candidates(name)].filter((spot) => inside(spot) && clear(spot.box, taken));
  // Covers no dot; one with a line does not stand beside a dot that is not its own. Rather a line under other dots than no name.
  const offDots = (name) => {
    const rest = dots.filter((dot) => dot.place !== name.place);
    const [others, far] = [rest.map(around), rest.map((dot) => around({...dot, radius: dot.radius + BESIDE}))];
    const spots = spotsOf(name).filter((spot) => clear(spot.box, round) && (!spot.line || clear(spot.box, far)));
    const open = ({path}) => path.every((point) => clear(point, others));
    return [...spots.filter(open), ...spots.filter((spot) => !open(spot))];
  };
  const free = (name) => offDots(name).find(apart);
  // A name that stands in the way alone steps aside, if there is another spot for it.
  const between = (name) => {
    for (const spot of offDots(name)) {
      const [other, another] = [...stood].filter(([, there]) => meet(spot, there)).map(([one]) => one);
      if (!other || another || other.must) continue;
      const before = stood.get(other);
      stood.set(name, spot).delete(other);
      const aside = free(other);
      stood.set(other, aside ?? before);
      if (aside) return spot;
      stood.delete(name);
    }
  };
  const most = Math.max(6, Math.round((width * height) / ROOM));
  for (const name of names) {
    if (stood.size >= most) break;
    const forced = () => spotsOf(name).find(apart) ?? spotsOf(name)[0];
    const spot = free(name) ?? between(name) ?? (name.must ? forced() : undefined);
    if (spot) stood.set(name, spot);
  }
  return new Map([...stood].map(([name, {box, line}]) => [name, {left: box[0] + 2 - name.x, top: box[1] - name.y, line}]));
}

function* candidates({x, y, radius, size, wide, reaches = REACHES.length}) {
  const high = size * 1.3;
  for (const reach of REACHES.slice(0, reaches)) {
    for (const [right, down] of reach ? [...SIDES, ...BETWEEN] : SIDES) {
      const near = 1 / Math.hypot(right, down);
      const edgeX = x + right * (Math.max(9, radius + 3) + reach) * near;
      const edgeY = y + down * (Math.max(14, radius + 8) + reach) * near;
      const left = edgeX - {1: 0, 0: wide / 2, "-1": wide}[Math.sign(right)];
      const box = [left - 2, edgeY - high / 2, left + wide + 2, edgeY + high / 2];
      const line = reach && [x + right * (radius + 1) * near, y + down * (radius + 1) * near, edgeX - right * 2, edgeY - down * high * 0.45];
      const path = line ? [0.2, 0.4, 0.6, 0.8, 1].map((part) => [0, 1, 0, 1].map((i, at) => line[i] + part * (line[i + 2] - line[i]) + (at < 2 ? -1 : 1))) : [];
      yield {box, line, path};
    }
  }
}

function clear(one, others) {
  return others.every((two) => one[0] >= two[2] || two[0] >= one[2] || one[1] >= two[3] || two[1] >= one[3]);
}
