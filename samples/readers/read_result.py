import json, sys

def masks(path):
    for segment in json.load(open(path, encoding="utf-8"))["segments"]:
        (height, width), text = segment["segmentation"]["size"], segment["segmentation"]["counts"].encode()
        counts, at = [], 0
        while at < len(text):
            count, shift, more = 0, 0, 32
            while more:
                bits, at = text[at] - 48, at + 1
                count, shift, more = count | (bits & 31) << shift, shift + 5, bits & 32
            counts.append(count - ((bits & 16) << shift - 4) + (counts[-2] if len(counts) > 2 else 0))
        columns = b"".join(bytes([i % 2]) * count for i, count in enumerate(counts))
        yield segment, [columns[y::height] for y in range(height)]

for segment, rows in masks(sys.argv[1]):
    print(segment["id"], segment["label"], round(segment["score"], 2), sum(map(sum, rows)))
