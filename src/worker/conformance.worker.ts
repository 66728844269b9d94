/**
 * A worker that plays every recorded case against the families, one after the other, and says of each how
 * it fared. The cases are part of its script, so that the page that shows them loads nothing else.
 */
import { runTrace } from '../brokers/conformance/run.ts'
import { isRecord, readTrace, type Trace } from '../brokers/conformance/trace.ts'
import type { CaseReport } from './conformanceReport.ts'

const FILES = import.meta.glob<unknown>(['../brokers/**/traces/*.json'], {
  eager: true,
  import: 'default',
})

function reportOf(file: string, content: unknown): CaseReport {
  const trace = readTrace(content)
  if (typeof trace === 'string') {
    const name = file.slice(file.lastIndexOf('/') + 1)
    const broker = isRecord(content) ? String(content.broker ?? '') : ''
    return { ...EMPTY, name, broker, verdict: { outcome: 'skipped', reason: trace } }
  }
  return { ...describe(trace), verdict: runTrace(trace) }
}

const EMPTY = { name: '', broker: '', version: '', teaches: '', features: [], steps: 0 }

function describe(trace: Trace): Omit<CaseReport, 'verdict'> {
  const { name, broker, brokerVersion, teaches, features, steps } = trace
  return {
    name,
    broker,
    version: brokerVersion ?? '',
    teaches: teaches ?? '',
    features: features ?? [],
    steps: steps.length,
  }
}

self.postMessage('ready')
self.onmessage = () => {
  const files = Object.entries(FILES)
  self.postMessage({ total: files.length })
  for (const [file, content] of files) self.postMessage(reportOf(file, content))
}
