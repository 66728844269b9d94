/** The choice of theme: the system's, or one of four. */
import { IconButton } from '../ui/IconButton.tsx'
import {
  DarkThemeIcon,
  type Icon,
  InspectIcon,
  LightThemeIcon,
  ProjectorThemeIcon,
  SystemThemeIcon,
  ThemeIcon,
} from '../ui/icons.ts'
import { Menu, type MenuItem } from '../ui/Menu.tsx'
import { type ThemeChoice, themeChoices } from '../ui/theme.ts'
import { chooseTheme, useTheme } from './keep/theme.ts'

const words: Record<ThemeChoice, { label: string; icon: Icon }> = {
  auto: { label: 'As the system', icon: SystemThemeIcon },
  light: { label: 'Light', icon: LightThemeIcon },
  dark: { label: 'Dark', icon: DarkThemeIcon },
  contrast: { label: 'High contrast', icon: InspectIcon },
  projector: { label: 'Projector', icon: ProjectorThemeIcon },
}

export function useThemeItems(): MenuItem[] {
  const chosen = useTheme()
  return themeChoices.map((choice) => ({
    id: `theme-${choice}`,
    ...words[choice],
    checked: choice === chosen,
    onSelect: () => chooseTheme(choice),
  }))
}

export function ThemeMenu() {
  const items = useThemeItems()
  return (
    <Menu
      label="Theme"
      items={items}
      placement="bottom-end"
      trigger={(trigger) => <IconButton icon={ThemeIcon} label="Theme" {...trigger} />}
    />
  )
}
