/** A file may be dropped anywhere on the page; one that cannot be opened is answered with one sentence. */
import { lazy, Suspense, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import styles from './FileDoor.module.css'
import { fileDoor, openFile } from './fileDoor.ts'

const FileProblem = lazy(() => import('./FileProblem.tsx'))

export function FileDoor() {
  const problem = useStore(fileDoor, (state) => state.problem)
  const [wanted, setWanted] = useState(false)
  if (problem !== null && !wanted) setWanted(true)
  return (
    <>
      <DropZone />
      <Suspense>{wanted && <FileProblem problem={problem} />}</Suspense>
    </>
  )
}

function DropZone() {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const onDragOver = (event: DragEvent) => {
      if (!hasFile(event)) return
      event.preventDefault()
      setOver(true)
    }
    // Leaving the window is leaving to nowhere; between elements there is always a next one.
    const onDragLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    const onDrop = (event: DragEvent) => {
      if (!hasFile(event)) return
      event.preventDefault()
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (file) void openFile(file)
    }
    addEventListener('dragover', onDragOver)
    addEventListener('dragleave', onDragLeave)
    addEventListener('drop', onDrop)
    return () => {
      removeEventListener('dragover', onDragOver)
      removeEventListener('dragleave', onDragLeave)
      removeEventListener('drop', onDrop)
    }
  }, [])
  if (!over) return null
  return (
    <div className={styles.zone}>
      <p className={styles.words}>Drop the file to open it. What is open here is kept.</p>
    </div>
  )
}
