/**
 * The link: a moment in the fragment of an address, which no server ever sees. In front of the data
 * stand version, length and checksum, so that a link that was cut off or damaged on its way says so.
 * `#m=2.<characters>.<checksum>.<data>`, numbers in base 36.
 */
import { hashText } from '../../base/hash.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { deflate, inflate } from './deflate.ts'
import { MOMENT_VERSION, packMoment, type SharedMoment, unpackMoment } from './moment.ts'

export const LINK_CHARS_MAX = 100 * 1024
/** What a link may unfold to. */
export const UNFOLDED_BYTES_MAX = 4 * 1024 * 1024

export type Decoded = { ok: true; moment: SharedMoment } | { ok: false; sentence: string }

/** The fragment of a link to this moment, `#` included; or why there can be none. */
export async function encodeMoment(
  moment: SharedMoment,
): Promise<{ ok: true; fragment: string } | { ok: false; sentence: string }> {
  const data = toBase64url(await deflate(JSON.stringify(packMoment(moment))))
  const fragment = `#m=${MOMENT_VERSION}.${data.length.toString(36)}.${checksum(data)}.${data}`
  if (fragment.length <= LINK_CHARS_MAX) return { ok: true, fragment }
  const kilobytes = Math.ceil(fragment.length / 1024)
  return {
    ok: false,
    sentence: `This is too large for a link (${kilobytes} KB, and a link holds 100 KB). Save it as a file instead.`,
  }
}

/** The moment behind a fragment, or one sentence that says what is wrong with the link. */
export async function decodeMoment(fragment: string): Promise<Decoded> {
  const text = fragment.replace(/^#?m=/, '')
  if (text.length > LINK_CHARS_MAX) {
    return failed('This link is too large to be opened. Ask for it as a file instead.')
  }
  const parts = /^([1-9]\d{0,3})\.([0-9a-z]{1,6})\.([0-9a-z]{1,7})\.(.*)$/s.exec(text)
  if (!parts) return failed('This link is damaged and cannot be read. Copy it again, all of it.')
  const [, version, length, sum, data] = parts as unknown as [
    string,
    string,
    string,
    string,
    string,
  ]
  if (Number(version) > MOMENT_VERSION) {
    return failed('This link is from a newer Eventarium. Reload this page to update, then open it.')
  }
  const wanted = Number.parseInt(length, 36)
  if (data.length < wanted) {
    return failed(
      `This link was cut off: ${data.length} of its ${wanted} characters are there. Copy it again, all of it.`,
    )
  }
  const bytes = data.length === wanted && checksum(data) === sum ? fromBase64url(data) : null
  if (bytes === null) {
    return failed('This link was changed on its way and cannot be read. Copy it again, all of it.')
  }
  return unfold(bytes)
}

async function unfold(bytes: Uint8Array): Promise<Decoded> {
  let payload: unknown
  try {
    const text = await inflate(bytes, UNFOLDED_BYTES_MAX)
    if (text === 'too large') {
      return failed(
        'This link unfolds to more than 4 MB, which no scenario needs. It is not opened.',
      )
    }
    payload = JSON.parse(text)
  } catch {
    return failed('This link does not hold a moment of Eventarium. Ask for it again.')
  }
  const unpacked = unpackMoment(payload)
  if (unpacked.ok) return unpacked
  return failed(`This link cannot be opened. ${unpacked.sentence}`)
}

/** Six or seven characters that change with any character of the data. */
function checksum(data: string): string {
  return (hashText(data) >>> 0).toString(36)
}

function failed(sentence: string): Decoded {
  return { ok: false, sentence }
}
