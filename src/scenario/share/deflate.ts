/**
 * Compression by the platform's own streams, which browsers and Node have alike. The pure rooms are
 * checked without the DOM's types, so the little that is used of them is declared here.
 */

interface Chunks {
  writable: {
    getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> }
  }
  readable: {
    getReader(): {
      read(): Promise<{ done: boolean; value?: Uint8Array }>
      cancel(): Promise<void>
    }
  }
}
declare const CompressionStream: new (format: 'deflate-raw') => Chunks
declare const DecompressionStream: new (format: 'deflate-raw') => Chunks
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> }
declare const TextDecoder: new (
  label: 'utf-8',
  options: { fatal: boolean },
) => { decode(bytes: Uint8Array): string }

/** Text as compressed bytes. */
export async function deflate(text: string): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  const packed = await through(new CompressionStream('deflate-raw'), bytes, bytes.length + 1024)
  if (packed === null) throw new Error('deflate made more of less')
  return packed
}

/**
 * The text behind compressed bytes. It stops reading at the limit, however much more would come; a
 * promise that rejects means that the bytes are damaged.
 */
export async function inflate(bytes: Uint8Array, maxBytes: number): Promise<string | 'too large'> {
  const unpacked = await through(new DecompressionStream('deflate-raw'), bytes, maxBytes)
  if (unpacked === null) return 'too large'
  return new TextDecoder('utf-8', { fatal: true }).decode(unpacked)
}

/** All that comes out of the stream, or null as soon as it is more than `maxBytes`. */
async function through(
  stream: Chunks,
  bytes: Uint8Array,
  maxBytes: number,
): Promise<Uint8Array | null> {
  const writer = stream.writable.getWriter()
  const reader = stream.readable.getReader()
  // Not awaited: writing goes on only while somebody reads. What fails here fails in reading too.
  void writer.write(bytes).catch(ignore)
  void writer.close().catch(ignore)
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done || value === undefined) return joined(chunks, size)
    size += value.length
    if (size > maxBytes) {
      await reader.cancel().catch(ignore)
      return null
    }
    chunks.push(value)
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

function ignore(): void {}
