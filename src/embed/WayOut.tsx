/** The link from a figure to the whole product, at the moment that the figure shows. */
import { useState } from 'react'
import { useVerbs } from '../session/react.tsx'
import { ExternalIcon } from '../ui/icons.ts'
import styles from './WayOut.module.css'

export interface WayOutProps {
  /** Leads there even before the present moment has been packed. */
  address: string
  /** The address of the present moment, or null where it is too much for a link. */
  addressNow: () => Promise<string | null>
}

export function WayOut({ address, addressNow }: WayOutProps) {
  const session = useVerbs()
  const [href, setHref] = useState(address)
  const pack = () => {
    addressNow().then(
      (now) => setHref(now ?? address),
      () => setHref(address),
    )
  }
  return (
    <a
      className={styles.link}
      href={href}
      target="_blank"
      rel="noopener"
      onPointerEnter={pack}
      onFocus={pack}
      onClick={() => session.pause()}
    >
      <span className={styles.words}>Open in Eventarium</span>
      <ExternalIcon aria-hidden="true" className={styles.icon} />
    </a>
  )
}
