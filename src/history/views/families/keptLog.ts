/** Lets topics that are kept be viewed. */

import { keptSide } from '../keptSide.ts'
import * as views from '../keptTopic.ts'

keptSide.views = views
