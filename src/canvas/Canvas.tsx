/**
 * The canvas: the scenario as a drawing that can be looked at, edited and acted on. React Flow has the
 * nodes, links and gestures; the message layer above it has everything that moves.
 */
import './reactFlow.css'
import {
  type Connection,
  type OnConnectEnd,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react'
import {
  type CSSProperties,
  type DragEvent,
  lazy,
  type MouseEvent,
  Suspense,
  useCallback,
  useId,
  useRef,
  useState,
} from 'react'
import type { NodeKind } from '../scenario/document.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import type { Selection } from '../session/session.ts'
import { classes } from '../ui/classes.ts'
import { narrowScreen, useMediaQuery } from '../ui/mediaQuery.ts'
import styles from './Canvas.module.css'
import { connect, kindsFit } from './connect.ts'
import { Dots } from './Dots.tsx'
import { Frames } from './Frames.tsx'
import { type Inset, NO_INSET, ZOOM_MAX, ZOOM_MIN } from './fit.ts'
import type { FlowEdge, FlowNode } from './graph.ts'
import { KIND_DRAGGED } from './kindDragged.ts'
import { LinkView } from './LinkView.tsx'
import { LiveDescriptions } from './LiveDescriptions.tsx'
import { MessageLayer } from './MessageLayer.tsx'
import { NodeView } from './NodeView.tsx'
import { useAttention } from './useAttention.ts'
import { useFit } from './useFit.ts'
import { useFlow } from './useFlow.ts'
import { useKeys } from './useKeys.ts'
import { ViewButtons } from './ViewButtons.tsx'

const Tools = lazy(() => import('./Tools.tsx'))

export interface CanvasProps {
  /** The document stays as it is; acting on what runs is still possible. */
  readOnly?: boolean
  /** Nothing can be done on it either: it is only looked at. */
  actless?: boolean
  /** One of several: acts are beside what they belong to on a narrow screen too. */
  small?: boolean
  /** Inside somebody else's page: its scrolling comes first, the wheel zooms only with Ctrl. */
  cooperative?: boolean
  /** What the drawing is called for those who listen. */
  label?: string
  /** What panels cover at the edges: fitting leaves it free. */
  inset?: Inset
  /** Where to look first: the middle and the zoom. Without it the whole drawing is fitted. */
  start?: { x: number; y: number; zoom: number } | null
  /** Told when the view stops being the fitted one, and when it is again. */
  onMoved?: (moved: boolean) => void
  /** Behind another view: nothing is painted until it is shown again. */
  hidden?: boolean
}

const nodeTypes = { node: NodeView }
const edgeTypes = { link: LinkView }
const proOptions = { hideAttribution: true }

export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <FlowCanvas {...props} />
    </ReactFlowProvider>
  )
}

function FlowCanvas(props: CanvasProps) {
  const { readOnly = false, actless = false, small = false, cooperative = false, label } = props
  const { inset = NO_INSET, start = null, onMoved, hidden = false } = props
  const scenario = useSession((state) => state.scenario)
  const uid = useId()
  const describedBy = useCallback((id: string) => `${uid}-${id}`, [uid])
  const [entry, setEntry] = useState<string | null>(null)
  const first = scenario.nodes.some(({ id }) => id === entry) ? entry : scenario.nodes[0]?.id
  const flow = useFlow(first ?? null, describedBy)
  const narrow = useMediaQuery(narrowScreen)
  const fitView = useFit(flow.nodes, {
    margin: narrow ? 14 : 48,
    most: 1.4,
    inset,
    start,
    onMoved,
  })
  const attention = useAttention(setEntry)
  const keys = useKeys(flow, readOnly, attention)
  const editing = useEditing()
  const pick = usePick()

  return (
    <div
      className={classes(styles.canvas, cooperative && styles.cooperative)}
      style={insetStyle(inset)}
    >
      <ReactFlow<FlowNode, FlowEdge>
        aria-label={label ?? scenario.title}
        id={uid}
        nodes={flow.nodes}
        edges={flow.edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={flow.onNodesChange}
        onEdgesChange={flow.onEdgesChange}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        minZoom={ZOOM_MIN}
        maxZoom={ZOOM_MAX}
        nodeDragThreshold={3}
        connectionRadius={28}
        isValidConnection={editing.isValid}
        onConnect={editing.onConnect}
        onConnectEnd={editing.onConnectEnd}
        panOnDrag
        panOnScroll={!cooperative}
        zoomOnScroll={false}
        zoomOnPinch
        zoomOnDoubleClick={false}
        preventScrolling={!cooperative}
        proOptions={proOptions}
        onNodeDragStart={() => attention.setDragging(true)}
        onNodeDragStop={() => {
          attention.setDragging(false)
          flow.settle()
        }}
        onNodeMouseEnter={(_, node) => attention.point(node.id)}
        onNodeMouseLeave={() => attention.point(null)}
        onNodeClick={(event, node) => pick(event, { type: 'node', id: node.id })}
        onEdgeClick={(event, edge) => pick(event, { type: 'link', id: edge.id })}
        onPaneClick={(event) => pick(event, null)}
        onFocus={attention.onFocus}
        onBlur={(event) => {
          keys.settle()
          attention.onBlur(event)
        }}
        onKeyDown={keys.onKeyDown}
        onKeyUp={keys.onKeyUp}
        onDragOver={readOnly ? undefined : editing.onDragOver}
        onDrop={readOnly ? undefined : editing.onDrop}
        tabIndex={-1}
      >
        <MessageLayer nodes={flow.nodes} links={scenario.links} hidden={hidden} />
        <Dots />
        <Frames nodes={flow.nodes} />
        <ViewButtons onFit={fitView} inset={inset} readOnly={readOnly} />
        {!actless && (
          <Suspense>
            <Tools attention={attention} readOnly={readOnly} docked={narrow && !small} />
          </Suspense>
        )}
      </ReactFlow>
      <LiveDescriptions idOf={describedBy} />
      {scenario.nodes.length === 0 && (
        <p className={styles.empty}>
          Nothing here yet. Add a producer, a queue and a consumer from the palette, then link them
          from port to port.
        </p>
      )}
    </div>
  )
}

/** For what is placed at the canvas's edges. */
function insetStyle({ left, right, bottom }: Inset): CSSProperties {
  return {
    '--inset-left': `${left}px`,
    '--inset-right': `${right}px`,
    '--inset-bottom': `${bottom}px`,
  } as CSSProperties
}

/**
 * A click takes the message under it, if there is one, else what lies there. A finger is wider than a message: in a
 * node its first tap takes the node, and only then what is in it.
 */
function usePick(): (event: MouseEvent, otherwise: Selection) => void {
  const verbs = useVerbs()
  const { screenToFlowPosition, getZoom } = useReactFlow()
  /** The message that was taken last, and in which node. */
  const taken = useRef({ message: -1, node: '' })
  return useCallback(
    (event, otherwise) => {
      const at = screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false })
      const isFirstTap = () => {
        if (!isTouch(event) || otherwise?.type !== 'node') return false
        const { selection } = verbs.store.getState()
        if (selection?.type === 'node') return selection.id !== otherwise.id
        const { message, node } = taken.current
        return selection?.type !== 'message' || selection.id !== message || node !== otherwise.id
      }
      verbs.ask('hit', { ...at, radius: 6 / getZoom() }).then(
        (hit) => {
          const message = hit?.message ?? -1
          if (message < 0 || isFirstTap()) verbs.select(otherwise)
          else {
            taken.current = { message, node: otherwise?.type === 'node' ? otherwise.id : '' }
            verbs.select({ type: 'message', id: message })
          }
        },
        () => verbs.select(otherwise),
      )
    },
    [verbs, screenToFlowPosition, getZoom],
  )
}

/** Where clicks do not say what they come from, the device does. */
function isTouch({ nativeEvent }: MouseEvent): boolean {
  const { pointerType } = nativeEvent as Partial<PointerEvent>
  return pointerType ? pointerType === 'touch' : window.matchMedia('(pointer: coarse)').matches
}

/** Linking by hand and dropping from the palette. */
function useEditing() {
  const verbs = useVerbs()
  const { screenToFlowPosition } = useReactFlow()
  const isValid = useCallback(
    ({ source, target }: Pick<Connection, 'source' | 'target'>) =>
      kindsFit(verbs.store.getState().scenario, source, target),
    [verbs],
  )
  const onConnect = useCallback(
    ({ source, target }: Connection) => void connect(verbs, source, target),
    [verbs],
  )
  const onConnectEnd: OnConnectEnd = useCallback(
    (_event, { fromNode, toNode, fromHandle, isValid }) => {
      if (isValid || !fromNode || !toNode || fromNode.id === toNode.id) return
      const forward = fromHandle?.type === 'source'
      const [from, to] = forward ? [fromNode, toNode] : [toNode, fromNode]
      void connect(verbs, from.id, to.id)
    },
    [verbs],
  )
  const onDragOver = useCallback((event: DragEvent) => {
    if (!event.dataTransfer.types.includes(KIND_DRAGGED)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
  }, [])
  const onDrop = useCallback(
    (event: DragEvent) => {
      const kind = event.dataTransfer.getData(KIND_DRAGGED) as NodeKind | ''
      if (kind === '') return
      event.preventDefault()
      const at = screenToFlowPosition({ x: event.clientX, y: event.clientY })
      void import('./addNode.ts').then(({ addNodeAt }) => addNodeAt(verbs, kind, at))
    },
    [verbs, screenToFlowPosition],
  )
  return { isValid, onConnect, onConnectEnd, onDragOver, onDrop }
}
