/** From what a figure's address asks for to a session, or one sentence that says why there is none. */
import type { FigureParameters } from '../../embed/parameters.ts'
import { loadExample } from '../../scenario/examples/load.ts'
import { createSession } from '../../session/create.ts'
import type { LiveSession } from '../../session/react.tsx'
import { offerToEmbedders } from '../embedders.ts'

type Opened = { ok: true; session: LiveSession } | { ok: false; sentence: string }

export async function openFigure(parameters: FigureParameters): Promise<Opened> {
  const { moment, exampleId, atUs, speed } = parameters
  const opened = moment === null ? await openExample(exampleId) : await openLink(moment)
  if (!opened.ok) return opened
  if (atUs !== null) opened.session.seek({ atUs })
  opened.session.setSpeed(speed)
  offerToEmbedders(opened.session)
  return opened
}

async function openExample(id: string | null): Promise<Opened> {
  if (id === null) {
    return {
      ok: false,
      sentence: 'This figure names no run. Add ?example=orders to its address, or a moment (#m=…).',
    }
  }
  const example = await loadExample(id)
  if (!example) {
    return {
      ok: false,
      sentence: `There is no example called “${id}”. Choose one that Eventarium lists at home.`,
    }
  }
  return { ok: true, session: createSession({ scenario: example.scenario, exampleId: id }) }
}

async function openLink(fragment: string): Promise<Opened> {
  const [{ decodeMoment }, { openMoment }] = await Promise.all([
    import('../../scenario/share/link.ts'),
    import('../moment.ts'),
  ])
  const decoded = await decodeMoment(fragment)
  if (!decoded.ok) return decoded
  const { moment } = decoded
  const session = createSession({ scenario: moment.scenario })
  openMoment(session, moment)
  return { ok: true, session }
}
