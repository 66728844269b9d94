/** Puts text on the clipboard, and tells honestly whether it got there: a sandboxed frame may refuse. */

import { useEffect, useRef, useState } from 'react'

export type CopyState = 'ready' | 'copied' | 'refused'

const feedbackMs = 2_000

export function useCopy(text: string): { state: CopyState; copy: () => Promise<void> } {
  const [state, setState] = useState<CopyState>('ready')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = async () => {
    const done = await write(text)
    setState(done ? 'copied' : 'refused')
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setState('ready'), feedbackMs)
  }
  return { state, copy }
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

export const copyWords: Record<CopyState, string> = {
  ready: 'Copy',
  copied: 'Copied',
  refused: 'Press Ctrl+C',
}
