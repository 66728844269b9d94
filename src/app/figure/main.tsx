/** The figure's entry: a small page of its own, made to be framed by other people's pages. It keeps nothing. */
import '../../ui/fonts.css'
import '../../ui/tokens.css'
import '../../ui/base.css'
import { lazy } from 'react'
import { createRoot } from 'react-dom/client'
import { must } from '../../base/assert.ts'
import { Miniature } from '../../canvas/Miniature.tsx'
import { Figure, FigureSentence } from '../../embed/Figure.tsx'
import { type FigureParameters, readParameters } from '../../embed/parameters.ts'
import { WayOut } from '../../embed/WayOut.tsx'
import { type LiveSession, SessionProvider } from '../../session/react.tsx'
import { SlimTimeline } from '../../timeline/SlimTimeline.tsx'
import { useTimelineKeys } from '../../timeline/useTimelineKeys.ts'
import { narrowScreen } from '../../ui/mediaQuery.ts'
import { applyTheme } from '../../ui/theme.ts'
import { useLook, wantsStillness } from '../useLook.ts'
import { openFigure } from './openFigure.ts'

const Canvas = lazy(() =>
  import('../../canvas/Canvas.tsx').then((module) => ({ default: module.Canvas })),
)

const parameters = readParameters(location.search, location.hash)
applyTheme(parameters.theme)
const root = createRoot(must(document.getElementById('root'), 'the element #root'))
const opened = await openFigure(parameters)
root.render(
  opened.ok ? (
    <SessionProvider session={opened.session}>
      <Shown session={opened.session} parameters={parameters} />
    </SessionProvider>
  ) : (
    <FigureSentence>{opened.sentence}</FigureSentence>
  ),
)

function Shown(props: { session: LiveSession; parameters: FigureParameters }) {
  const { session, parameters } = props
  useLook(session)
  useTimelineKeys()
  const narrow = matchMedia(narrowScreen).matches
  return (
    <Figure
      autoplay={parameters.autoplay && !wantsStillness()}
      picture={<Miniature margin={narrow ? 14 : 48} zoomMost={1.4} />}
      canvas={<Canvas readOnly cooperative />}
      timeline={<SlimTimeline />}
      wayOut={
        <WayOut address={wholeAddress(parameters)} addressNow={() => momentAddress(session)} />
      }
    />
  )
}

const product = new URL('./', location.href)

function wholeAddress({ moment, exampleId }: FigureParameters): string {
  return new URL(moment ?? `#/run/${exampleId}`, product).href
}

async function momentAddress(session: LiveSession): Promise<string | null> {
  const [{ encodeMoment }, { hashedMoment }] = await Promise.all([
    import('../../scenario/share/link.ts'),
    import('../moment.ts'),
  ])
  const encoded = await encodeMoment(await hashedMoment(session))
  return encoded.ok ? new URL(encoded.fragment, product).href : null
}
