/** Folding logs and running programs beside the run: what the fold view asks, and where it is answered. */
export type {
  Card,
  Decided,
  FoldQuestions,
  LoggedEvent,
  LogName,
  LogSummary,
  Replay,
} from '../worker/fold/protocol.ts'
export { FoldClient } from '../worker/foldClient.ts'
export { type Happening, type PythonEnd, startPython } from '../worker/pythonClient.ts'
