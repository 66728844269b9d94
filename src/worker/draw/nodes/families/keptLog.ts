/** Lets topics that are kept be drawn. */
import { keptSide } from '../keptSide.ts'
import * as drawings from '../keptTopic.ts'

keptSide.drawings = drawings
