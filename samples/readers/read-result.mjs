import { readFileSync } from "node:fs";

export function* masks(path) {
  for (const segment of JSON.parse(readFileSync(path, "utf8")).segments) {
    const [height, width] = segment.segmentation.size, text = segment.segmentation.counts;
    const counts = [], mask = new Uint8Array(height * width); // pixel x, y is mask[x * height + y]
    for (let at = 0, place = 0; at < text.length; place += counts.at(-1)) {
      let count = 0, shift = 0, bits;
      do count |= ((bits = text.charCodeAt(at++) - 48) & 31) << shift, shift += 5; while (bits & 32);
      counts.push(count - ((bits & 16) << shift - 4) + (counts.length > 2 ? counts.at(-2) : 0));
      mask.fill((counts.length - 1) % 2, place, place + counts.at(-1));
    }
    yield [segment, mask];
  }
}

for (const [segment, mask] of masks(process.argv[2]))
  console.log(segment.id, segment.label, Math.round(100 * segment.score) / 100, mask.reduce((sum, pixel) => sum + pixel));
