// The world as a plane: where a place lies, how an arc bows, the outlines of the land, and the part of it that may be seen.
export const WORLD = 512; // the width of the world in deck.gl's units, as pixels at zoom 0
export const UNIT = WORLD / 32768; // the same for a unit of ground.svg
export const GROUND = fetch(new URL("ground.svg", import.meta.url)).then((answer) => answer.text()).then(outlines);
const BOW = 0.3; // how far an arc leans, as a part of its length

// A view asked for, kept between the widest (`least`) and the closest zoom and inside what the widest shows of `half` degrees on either
// side of (lon, lat), in a frame of so many pixels.
export function inside({longitude, latitude, zoom}, {lon, lat, half}, least, closest, width, height) {
  const closer = Math.min(Math.max(zoom, least), closest);
  const [whole, seen] = [2 ** least, 2 ** closer];
  const middle = mercator(lon, lat);
  const rooms = [Math.max((half / 360) * WORLD, width / 2 / whole) - width / 2 / seen, height / 2 / whole - height / 2 / seen];
  const [x, y] = mercator(longitude, latitude).map((asked, i) => {
    const room = Math.max(rooms[i], 0);
    return middle[i] + Math.min(Math.max(asked - middle[i], -room), room);
  });
  return {longitude: (x / WORLD) * 360 - 180, latitude: (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD))) * 180) / Math.PI, zoom: closer};
}

function outlines(text) {
  const file = new DOMParser().parseFromString(text, "image/svg+xml");
  const joined = (selector) => new Path2D([...file.querySelectorAll(selector)].map((one) => one.getAttribute("d")).join(""));
  return {land: joined("#land path"), borders: joined("#borders"), disputed: joined("#disputed")};
}

export function stroke(brush, path, style, width, opacity = 1) {
  Object.assign(brush, {strokeStyle: style, lineWidth: width, globalAlpha: opacity});
  brush.stroke(path);
}

// Paints the circles of each layer, `radius` in pixels, as deck.gl does; in colours that `tone` makes of theirs.
export function dots(brush, layers, scale, tone = (colour) => colour) {
  for (const {data, look, radius} of layers) {
    const [[red, green, blue], opacity = 255] = [tone(look.getFillColor.slice(0, 3)), look.getFillColor[3]];
    for (const {lon, lat} of data) {
      const circle = new Path2D();
      circle.arc(...mercator(lon, lat), radius / scale, 0, 2 * Math.PI);
      Object.assign(brush, {fillStyle: `rgb(${red} ${green} ${blue} / ${opacity / 255})`, globalAlpha: 1});
      brush.fill(circle);
      if (look.getLineWidth) stroke(brush, circle, `rgb(${tone(look.getLineColor.slice(0, 3))})`, look.getLineWidth / scale);
    }
  }
}

// Bows to the north from home, or from those of `places` that are its origins, higher the farther it goes.
export function arc(home, place, places) {
  const path = new Path2D();
  const [endX, endY] = mercator(place.lon, place.lat);
  for (const {lon, lat} of place.origins ? places.filter(({city_id}) => place.origins.includes(city_id)) : [home]) {
    const [x, y] = mercator(lon, lat);
    path.moveTo(x, y);
    path.quadraticCurveTo((x + endX) / 2, (y + endY) / 2 - Math.hypot(endX - x, endY - y) * BOW, endX, endY);
  }
  return path;
}

export function mercator(lon, lat) {
  const up = Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI;
  return [((lon + 180) / 360) * WORLD, ((1 - up) / 2) * WORLD];
}
