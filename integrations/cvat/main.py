"""A CVAT interactor that asks a FrozenSeg service: the picture, points and a box in, a mask out."""
import base64
import json
import os
import urllib.request
import uuid

SERVICE = os.environ.get("FROZENSEG_URL", "http://host.docker.internal:8080")
HEADERS = {"x-api-key": os.environ["FROZENSEG_KEY"]} if os.environ.get("FROZENSEG_KEY") else {}


def ask(path, body, content_type):
    request = urllib.request.Request(SERVICE + path, body, {**HEADERS, "Content-Type": content_type})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)


def embed(picture):
    boundary = uuid.uuid4().hex
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="image"; filename="frame"\r\n\r\n'.encode()
    body = head + picture + f"\r\n--{boundary}--\r\n".encode()
    return ask("/api/embeddings", body, f"multipart/form-data; boundary={boundary}")


def decode(mask):
    """COCO's compressed runs, column by column, as rows of 0 and 1."""
    height, width = mask["size"]
    runs, text, at = [], mask["counts"], 0
    while at < len(text):
        value = shift = 0
        while True:
            group = ord(text[at]) - 48
            value |= (group & 31) << shift
            at, shift = at + 1, shift + 5
            if not group & 32:
                break
        if group & 16:
            value -= 1 << shift
        runs.append(value + runs[-2] if len(runs) > 2 else value)
    pixels, position = bytearray(height * width), 0
    for i, run in enumerate(runs):
        if i % 2:
            pixels[position:position + run] = b"\1" * run
        position += run
    return [list(pixels[row::height]) for row in range(height)]


def init_context(context):
    context.logger.info(f"FrozenSeg at {SERVICE}")


def handler(context, event):
    data = event.body
    positive, negative = data.get("pos_points") or [], data.get("neg_points") or []
    box = data.get("obj_bbox")
    question = {"image": embed(base64.b64decode(data["image"]))["image"], "multimask": False}
    if positive or negative:
        question["points"] = [list(point)[:2] for point in positive + negative]
        question["labels"] = [1] * len(positive) + [0] * len(negative)
    if box:
        question["boxes"] = [[*box[0], *box[1]]]
    answer = ask("/api/predictions", json.dumps(question).encode(), "application/json")
    return context.Response(
        body=json.dumps({"mask": decode(answer["masks"][0]["segmentation"])}),
        headers={}, content_type="application/json", status_code=200)
