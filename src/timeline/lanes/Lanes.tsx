/**
 * The lanes: the same run as a drawing of time. Each node is a lane, each message a line from lane to lane
 * and a stretch where it waits or is worked on. The engine's side paints; here are the names, the window
 * of time, and the hand that moves it.
 */
import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react'
import { clockText } from '../../base/clockText.ts'
import { flowOrder } from '../../history/lanes/flowOrder.ts'
import { laneTop, layLanes, RULER_PX } from '../../history/lanes/layout.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { AddIcon, FitIcon, LocateIcon, ZoomOutIcon } from '../../ui/icons.ts'
import { narrowScreen, useMediaQuery } from '../../ui/mediaQuery.ts'
import { placeOf } from '../timelineKeys.ts'
import { type LanesControl, lanesOf } from './control.ts'
import styles from './Lanes.module.css'
import { windowText } from './timeWindow.ts'
import { useHand } from './useHand.ts'

interface LanesProps {
  /** What panels and notices cover at the edges. */
  inset: { left: number; right: number; top: number; bottom: number }
  /** The window to begin with, as `onParameter` was told it. */
  parameter: string | null
  onParameter: (parameter: string) => void
}

const button = { tooltipPlacement: 'top', size: 'small' } as const
const zoomStep = 1.6

export default function Lanes({ inset, parameter, onParameter }: LanesProps) {
  const session = useVerbs()
  const control = lanesOf(session)
  const scroller = useRef<HTMLDivElement>(null)
  const plot = useRef<HTMLDivElement>(null)
  const figure = useRef<HTMLDivElement>(null)
  const [heightPx, setHeightPx] = useState(0)
  useEffect(() => {
    const [box, canvasBox, drawing] = [scroller.current, plot.current, figure.current]
    if (!box || !canvasBox || !drawing) return
    const measure = () => setHeightPx(box.clientHeight)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    const detach = control.attach(box, canvasBox, drawing)
    return () => {
      observer.disconnect()
      detach()
    }
  }, [control])
  // biome-ignore lint/correctness/useExhaustiveDependencies: it begins there once; what it tells comes back to it
  useEffect(() => {
    if (parameter !== null) control.showText(parameter)
  }, [control])
  useEffect(
    () => control.onRest((window) => onParameter(windowText(window))),
    [control, onParameter],
  )
  const narrow = useMediaQuery(narrowScreen)
  const hand = useHand(control, figure)
  useKeys(control)
  const edges = {
    paddingLeft: inset.left,
    paddingRight: inset.right,
    paddingTop: inset.top,
    paddingBottom: inset.bottom,
    '--inset-right': `${inset.right}px`,
    // A panel that is put away leaves its tab at the edge.
    '--tab': inset.left === 0 && !narrow ? '28px' : '0px',
  } as CSSProperties
  return (
    <div className={styles.lanes} style={edges}>
      <div ref={scroller} className={styles.scroller}>
        <Content heightPx={heightPx}>
          <div ref={plot} className={styles.plot} style={{ height: heightPx }}>
            <div
              ref={figure}
              className={styles.figure}
              role="img"
              aria-label="Time from left to right, one lane a node; each message is a line from lane to lane. The facts panel lists the same in words."
              {...hand}
            />
            <div data-part="veil" className={styles.veil} />
            <div data-part="playhead" className={styles.playhead} />
            <div data-part="hover" className={styles.hover} />
          </div>
        </Content>
      </div>
      <Empty />
      <div className={styles.buttons} data-chrome>
        <WindowText control={control} />
        <IconButton
          icon={ZoomOutIcon}
          label="Zoom out"
          shortcut="-"
          onClick={() => control.zoom(1 / zoomStep)}
          {...button}
        />
        <IconButton
          icon={AddIcon}
          label="Zoom in"
          shortcut="+"
          onClick={() => control.zoom(zoomStep)}
          {...button}
        />
        <IconButton
          icon={LocateIcon}
          label="To the playhead"
          onClick={() => control.toPlayhead()}
          {...button}
        />
        <IconButton
          icon={FitIcon}
          label="The whole run"
          shortcut="0"
          onClick={() => control.showAll()}
          {...button}
        />
      </div>
    </div>
  )
}

function Empty() {
  const isEmpty = useSession(({ scenario }) => scenario.nodes.length === 0)
  if (!isEmpty) return null
  return <p className={styles.empty}>No lanes yet. Each node that you add to the canvas is one.</p>
}

/** The names of the lanes beside what is painted; a name selects its node. */
function Content({ heightPx, children }: { heightPx: number; children: React.ReactNode }) {
  const session = useVerbs()
  const scenario = useSession((state) => state.scenario)
  const selected = useSession((state) =>
    state.selection?.type === 'node' ? state.selection.id : null,
  )
  const order = useMemo(() => flowOrder(scenario), [scenario])
  const layout = layLanes(order.length, heightPx)
  return (
    <div className={styles.content} style={{ height: Math.max(layout.totalPx, heightPx) }}>
      <ol className={styles.names} aria-label="Lanes from top to bottom">
        {order.map((lane, place) => {
          const node = scenario.nodes[lane]
          if (!node) return null
          const isSelected = node.id === selected
          return (
            <li
              key={node.id}
              className={styles.lane}
              style={{ top: laneTop(layout, place), height: layout.lanePx }}
            >
              <button
                type="button"
                className={styles.name}
                aria-pressed={isSelected}
                onClick={() => session.select(isSelected ? null : { type: 'node', id: node.id })}
              >
                {node.name}
              </button>
            </li>
          )
        })}
      </ol>
      {children}
      <div className={styles.corner} style={{ height: RULER_PX }} />
    </div>
  )
}

/** From when to when, told when it has come to rest. */
function WindowText({ control }: { control: LanesControl }) {
  const [text, setText] = useState('')
  useEffect(
    () =>
      control.onRest(({ fromUs, toUs }) =>
        setText(`${clockText(fromUs, true)} – ${clockText(toUs, true)}`),
      ),
    [control],
  )
  return (
    <output className={styles.window} aria-label="Shown time">
      {text}
    </output>
  )
}

/** Plus, minus and 0, wherever the focus is, as the keys of time are. */
function useKeys(control: LanesControl): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const writes = placeOf(event.target instanceof Element ? event.target : null) === 'text'
      if (writes || event.defaultPrevented) return
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === '+' || event.key === '=') control.zoom(zoomStep)
      else if (event.key === '-') control.zoom(1 / zoomStep)
      else if (event.key === '0') control.showAll()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [control])
}
