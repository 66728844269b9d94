/** Plays every recorded case in a worker and collects how each fared. */
import { useEffect, useState } from 'react'
import workerAddress from '../../worker/conformance.worker.ts?worker&url'
import type { CaseReport } from '../../worker/conformanceReport.ts'
import { startWorker } from '../../worker/start.ts'

export interface Reports {
  cases: readonly CaseReport[]
  /** How many there are in all; 0 until that is known. */
  total: number
  /** Why nothing can be played here, or null. */
  problem: string | null
}

/** React is told at most so often while cases come in. */
const TOLD_MS = 100

export function useReports(): Reports {
  const [reports, setReports] = useState<Reports>({ cases: [], total: 0, problem: null })
  useEffect(() => {
    let worker: Worker | null = null
    let left = false
    const cases: CaseReport[] = []
    let total = 0
    let told = 0
    const tell = () => {
      told = performance.now()
      setReports({ cases: [...cases], total, problem: null })
    }
    void startWorker(workerAddress).then((started) => {
      if (left) {
        started?.terminate()
        return
      }
      if (started === null) {
        const problem = 'This browser starts no worker for this page. Open it outside of a frame.'
        setReports({ cases: [], total: 0, problem })
        return
      }
      worker = started
      started.onmessage = ({ data }: MessageEvent<CaseReport | { total: number }>) => {
        if ('total' in data) total = data.total
        else cases.push(data)
        if (cases.length === total || performance.now() - told > TOLD_MS) tell()
      }
      started.postMessage('play')
    })
    return () => {
      left = true
      worker?.terminate()
    }
  }, [])
  return reports
}
