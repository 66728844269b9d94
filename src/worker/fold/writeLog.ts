/** Writes a log of events as text that `readLog.ts` and other programs read. */
import type { LoggedEvent } from './folding.ts'

export type LogFormat = 'jsonLines' | 'cloudEvents'

/** One line an event. `source` names the store that they come from. */
export function writeLog(
  events: readonly LoggedEvent[],
  format: LogFormat,
  source: string,
): string {
  const write = format === 'cloudEvents' ? cloudEvent : plain
  return events.map((event) => `${JSON.stringify(write(event, source))}\n`).join('')
}

function plain({ stream, type, data, timeUs, meta }: LoggedEvent): object {
  return { stream, type, time: timeText(timeUs), data, ...(meta ? { meta } : {}) }
}

/** CloudEvents 1.0; names of extensions are lower-case letters and digits. */
function cloudEvent(event: LoggedEvent, source: string): object {
  const { stream, type, data, version, position, timeUs, meta } = event
  return {
    specversion: '1.0',
    id: `${stream}@${version}`,
    source: `/eventarium/${encodeURIComponent(source)}`,
    type,
    subject: stream,
    time: timeText(timeUs),
    datacontenttype: 'application/json',
    streamversion: version,
    position,
    ...meta,
    data,
  }
}

/** Simulated time counts from 1970, where all clocks of computers begin. */
function timeText(timeUs: number): string {
  const text = new Date(Math.floor(timeUs / 1000)).toISOString()
  const us = Math.round(timeUs % 1000)
  return us === 0 ? text : `${text.slice(0, -1)}${String(us).padStart(3, '0')}Z`
}
