/** Lets topics that are kept be drawn. */
import { keptSide } from '../keptSide.ts'
import { drawBed, drawKept } from '../keptTopic.ts'

keptSide.drawings = { drawBed, drawKept }
