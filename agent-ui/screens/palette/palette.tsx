import '@mantine/spotlight/styles.css'
import { Kbd } from '@mantine/core'
import { Spotlight, createSpotlight } from '@mantine/spotlight'
import type { SpotlightStore } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from '../../i18n/translation.tsx'
import { useFound } from './use-found.ts'
import type { FoundGroup } from './use-found.ts'

interface PaletteProps {
  /** With what was chosen, which is done after the palette is gone. */
  onClose: (chosen: (() => void) | null) => void
}

/** Everything by a few letters: actions of this moment, screens, tickets, customers, a number to call. */
export function Palette({ onClose }: PaletteProps) {
  const { t } = useTranslation()
  const [[store, palette]] = useState(createSpotlight)
  const [query, setQuery] = useState('')
  const chosen = useRef<(() => void) | null>(null)
  const { groups, isSearching } = useFound(query)
  const ids = groups.flatMap(({ items }) => items.map(({ id }) => id)).join()
  useEffect(() => palette.open(), [palette])
  const [list, setList] = useState<HTMLDivElement | null>(null)
  useEffect(() => choose(list, store), [list, query, ids === '', store])
  const onKeys = (event: KeyboardEvent) => {
    if (!event.ctrlKey || event.code !== 'KeyK') return
    event.preventDefault()
    palette.close()
  }
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={() => onClose(chosen.current)}
      shortcut={null}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0 }}
      scrollable
      maxHeight={460}
      attributes={{ content: { 'aria-label': t('shortcuts.palette') } }}
    >
      <Spotlight.Search
        aria-label={t('palette.search')}
        placeholder={t('palette.search')}
        leftSection={<IconSearch size={20} aria-hidden />}
        maxLength={100}
        onKeyDown={onKeys}
      />
      <Spotlight.ActionsList ref={setList}>
        {groups.map((group) => (
          <Group
            key={group.group}
            group={group}
            onChoose={(run) => {
              chosen.current = run
            }}
          />
        ))}
        {groups.length === 0 && (
          <Spotlight.Empty role="status">
            {t(isSearching ? 'palette.searching' : 'palette.none')}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/** The first of the list is what Enter does: Spotlight itself knows only what was there before. */
function choose(list: HTMLElement | null, store: SpotlightStore): void {
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected')
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
  store.updateState((state) => ({ ...state, selected: 0 }))
}

interface GroupProps {
  group: FoundGroup
  onChoose: (run: () => void) => void
}

function Group({ group: { group, items }, onChoose }: GroupProps) {
  const { t } = useTranslation()
  return (
    <Spotlight.ActionsGroup label={t(`palette.${group}`)}>
      {items.map(({ id, label, detail, keys, run }) => (
        <Spotlight.Action
          key={id}
          label={label}
          description={detail ?? ''}
          rightSection={keys ? <Kbd size="xs">{keys}</Kbd> : null}
          onClick={() => onChoose(run)}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}
