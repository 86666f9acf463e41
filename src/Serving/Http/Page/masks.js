"use strict";
// Masks as COCO's compressed runs, and the colours they get.

/** Runs in column order, beginning with those outside the mask. Groups of five bits, lowest first; from the fourth run on the
    difference to the run two before. */
function runsOf(counts) {
  const runs = [];
  for (let i = 0; i < counts.length;) {
    let value = 0, shift = 0, group;
    do { group = counts.charCodeAt(i++) - 48; value |= (group & 31) << shift; shift += 5; } while (group & 32);
    if (group & 16 && shift < 32) value |= -1 << shift;
    runs.push(runs.length > 2 ? value + runs[runs.length - 2] : value);
  }
  return runs;
}

/** Sets every pixel of a mask in a row-major map. */
function fill(map, { size: [height, width], counts }, value) {
  const runs = runsOf(counts);
  for (let run = 0, position = 0; run < runs.length; position += runs[run++]) {
    if (run % 2 === 0) continue;
    let y = position % height, i = y * width + Math.floor(position / height);
    for (let left = runs[run]; left > 0; left--) {
      map[i] = value;
      if (++y < height) i += width; else { i += 1 - (height - 1) * width; y = 0; }
    }
  }
}

/** A pixel well inside a mask: the middle of a run within one column that is long and not far from the middle of its box. */
function middleOf({ size: [height], counts }, [left, , width]) {
  let best = 0, middle = [0, 0];
  const centre = left + width / 2;
  const runs = runsOf(counts);
  for (let run = 0, position = 0; run < runs.length; position += runs[run++]) {
    const length = Math.min(runs[run], height - position % height);
    const x = Math.floor(position / height), worth = length * (1 - Math.abs(x - centre) / (width + 1));
    if (run % 2 && worth > best) {
      best = worth;
      middle = [x, position % height + length / 2];
    }
  }
  return middle;
}

// Hues a golden angle apart: neighbours in the list never look alike.
function colourOf(i) {
  const hue = (i * 137.508) % 360;
  const channel = n => { const k = (n + hue / 30) % 12; return Math.round(255 * (.56 - .36 * Math.max(-1, Math.min(k - 3, 9 - k, 1)))); };
  return [channel(0), channel(8), channel(4)];
}
