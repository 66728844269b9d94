/** The product: which screen the address names, and how one grows out of the other. */
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import { currentToast, subscribeToToast } from '../ui/toast.ts'
import styles from './App.module.css'
import { FaultBoundary } from './Fault.tsx'
import { FileDoor } from './FileDoor.tsx'
import { Home } from './home/Home.tsx'
import { readRoute, useFragment } from './route.ts'
import { loadRun } from './run/load.ts'

const Run = lazy(loadRun)

const Conformance = lazy(() => import('./conformance/Conformance.tsx'))

const Toasts = lazy(() => import('./Toasts.tsx'))

export function App() {
  return (
    <FaultBoundary>
      <Screens />
      <FileDoor />
      <LateToasts />
    </FaultBoundary>
  )
}

function LateToasts() {
  const toast = useSyncExternalStore(subscribeToToast, currentToast)
  const [wanted, setWanted] = useState(false)
  if (toast && !wanted) setWanted(true)
  return <Suspense>{wanted && <Toasts />}</Suspense>
}

/** Home stays where it is until the run has grown over it. */
function Screens() {
  const fragment = useFragment()
  const route = readRoute(fragment)
  const atHome = route.screen === 'home'
  const [covered, setCovered] = useState(!atHome)
  if (atHome && covered) setCovered(false)
  useEffect(() => {
    if (atHome) document.title = 'Eventarium'
  }, [atHome])
  if (route.screen === 'conformance') {
    return (
      <Suspense fallback={<div className={styles.loading} aria-busy="true" />}>
        <Conformance />
      </Suspense>
    )
  }
  return (
    <>
      {(atHome || !covered) && <Home inert={!atHome} />}
      {!atHome && (
        <Suspense fallback={<div className={styles.loading} aria-busy="true" />}>
          <Run route={route} fragment={fragment} onCovered={() => setCovered(true)} />
        </Suspense>
      )}
    </>
  )
}
