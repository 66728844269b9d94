/** Imported where no family is to be loaded later: all of them are here from the start. */
import { takeSqs } from './late.ts'
import * as sqsFamily from './sqsFamily.ts'

takeSqs(sqsFamily)
