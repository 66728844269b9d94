/** Errors as AMQP 0-9-1 defines them: a reply code that closes the channel or the whole connection. */

/** Thrown by an operation; the broker has then closed the channel with this code. */
export class ChannelError extends Error {
  override name = 'ChannelError'
  readonly code: number
  constructor(code: number, text: string) {
    super(text)
    this.code = code
  }
}

/** The same for errors that close the connection. */
export class ConnectionError extends Error {
  override name = 'ConnectionError'
  readonly code: number
  constructor(code: number, text: string) {
    super(text)
    this.code = code
  }
}

/** Reply codes (AMQP 0-9-1, section 1.3, "Constants"). */
export const CODE = {
  ok: 200,
  noRoute: 312,
  connectionForced: 320,
  accessRefused: 403,
  notFound: 404,
  resourceLocked: 405,
  preconditionFailed: 406,
  commandInvalid: 503,
  notAllowed: 530,
  notImplemented: 540,
  internalError: 541,
} as const
