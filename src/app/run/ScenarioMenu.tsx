/** The title of what is open, and the menu of everything else that could be. */
import { GROUPS } from '../../scenario/examples/catalog.ts'
import { useSession } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { AddIcon, ChevronDownIcon, DownloadIcon, UploadIcon } from '../../ui/icons.ts'
import { Menu, type MenuItem } from '../../ui/Menu.tsx'
import { desk } from '../desk.ts'
import { askForFile } from '../fileDoor.ts'
import { useWorks } from '../keep/works.ts'
import { emptyScenario } from '../moment.ts'
import { goTo, runAddress, workAddress } from '../route.ts'
import styles from './Header.module.css'

/** As many of one's own as a menu can hold; home lists them all. */
const worksMax = 5

export function ScenarioMenu() {
  const title = useSession((state) => state.scenario.title)
  const exampleId = useSession((state) => state.exampleId)
  const works = useWorks().slice(0, worksMax)
  const items: MenuItem[] = [
    ...GROUPS.flatMap(({ title: heading, entries }) =>
      entries.map(({ id, title: label, question }, i) => ({
        id,
        label,
        detail: question,
        checked: id === exampleId,
        ...(i === 0 && { heading }),
        onSelect: () => goTo(runAddress(id)),
      })),
    ),
    ...works.map((work, i) => ({
      id: work.id,
      label: work.title,
      ...(i === 0 && { heading: 'Your work' }),
      onSelect: () => goTo(workAddress(work.id)),
    })),
    {
      id: 'empty',
      label: 'Start with an empty canvas',
      icon: AddIcon,
      separated: true,
      onSelect: () => desk().openOwn({ scenario: emptyScenario }),
    },
    { id: 'open', label: 'Open a file', icon: UploadIcon, onSelect: () => void askForFile() },
    { id: 'save', label: 'Save as a file', icon: DownloadIcon, onSelect: () => void saveNow() },
  ]
  return (
    <Menu
      label="Scenario"
      items={items}
      trigger={(trigger) => (
        <Button variant="ghost" iconEnd={ChevronDownIcon} className={styles.scenario} {...trigger}>
          {title}
        </Button>
      )}
    />
  )
}

async function saveNow(): Promise<void> {
  const { saveAsFile } = await import('../share/saveAsFile.ts')
  await saveAsFile(desk())
}
