/**
 * The binary frames of Feishu's long connection, written from the platform's proto2 definition and independent of the
 * SDK's codec, so that the two check each other.
 */
export interface Frame {
  seqId: number;
  logId: number;
  service: number;
  /** 0 control, 1 data. */
  method: number;
  headers: Record<string, string>;
  payload: Buffer;
}

const VARINT = 0;
const BYTES = 2;

export function encodeFrame(frame: Frame): Buffer {
  const parts = [
    encodeVarintField(1, frame.seqId),
    encodeVarintField(2, frame.logId),
    encodeVarintField(3, frame.service),
    encodeVarintField(4, frame.method),
    ...Object.entries(frame.headers).map(([key, value]) =>
      encodeBytesField(
        5,
        Buffer.concat([encodeBytesField(1, Buffer.from(key)), encodeBytesField(2, Buffer.from(value))]),
      ),
    ),
    encodeBytesField(8, frame.payload),
  ];
  return Buffer.concat(parts);
}

export function decodeFrame(bytes: Buffer): Frame {
  const frame: Frame = {
    seqId: 0,
    logId: 0,
    service: 0,
    method: 0,
    headers: {},
    payload: Buffer.alloc(0),
  };
  for (const { field, number, bytes: value } of readFields(bytes)) {
    if (field === 1) frame.seqId = number;
    if (field === 2) frame.logId = number;
    if (field === 3) frame.service = number;
    if (field === 4) frame.method = number;
    if (field === 5) Object.assign(frame.headers, decodeHeader(value));
    if (field === 8) frame.payload = value;
  }
  return frame;
}

function decodeHeader(bytes: Buffer): Record<string, string> {
  const fields = [...readFields(bytes)];
  const read = (wanted: number) => fields.find(({ field }) => field === wanted)?.bytes.toString("utf8") ?? "";
  return { [read(1)]: read(2) };
}

interface Field {
  field: number;
  number: number;
  bytes: Buffer;
}

function* readFields(bytes: Buffer): Generator<Field> {
  let offset = 0;
  const readVarint = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[offset];
      if (byte === undefined) throw new Error("the frame ends in a number");
      offset += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
  };
  while (offset < bytes.length) {
    const key = readVarint();
    const field = key >>> 3;
    const type = key & 7;
    if (type === VARINT) {
      yield { field, number: readVarint(), bytes: Buffer.alloc(0) };
    } else if (type === BYTES) {
      const length = readVarint();
      yield { field, number: 0, bytes: bytes.subarray(offset, offset + length) };
      offset += length;
    } else {
      throw new Error(`unexpected wire type ${type}`);
    }
  }
}

function encodeVarint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value);
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

function encodeVarintField(field: number, value: number): Buffer {
  return Buffer.concat([encodeVarint((field << 3) | VARINT), encodeVarint(value)]);
}

function encodeBytesField(field: number, value: Buffer): Buffer {
  return Buffer.concat([encodeVarint((field << 3) | BYTES), encodeVarint(value.length), value]);
}
