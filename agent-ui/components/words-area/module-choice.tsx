import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import type {
  ChangeEventHandler,
  FocusEventHandler,
  KeyboardEvent,
  KeyboardEventHandler,
  ReactEventHandler,
  ReactNode,
} from 'react'
import type { TextModule } from '#contract/casework/text-modules.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { filledText, inOneLine, moduleQuery, modulesFor } from '../../state/text-modules.ts'
import type { ModuleQuery } from '../../state/text-modules.ts'
import { useModuleValues } from './module-values.tsx'
import classes from './words-area.module.css'

type Field = HTMLTextAreaElement | HTMLInputElement

type Choice = ReturnType<typeof useModuleChoice>

interface Heard<F extends Field> {
  onChange?: ChangeEventHandler<F> | undefined
  onSelect?: ReactEventHandler<F> | undefined
  onBlur?: FocusEventHandler<F> | undefined
  onKeyDown?: KeyboardEventHandler<F> | undefined
}

/** What a field is given so that `::` and letters of a name put a text of ours into it. */
export function useModules<F extends Field>({ onChange, onSelect, onBlur, onKeyDown }: Heard<F>) {
  const listId = useId()
  const choice = useModuleChoice()
  const heard: Required<Heard<F>> = {
    onChange: (event) => {
      onChange?.(event)
      choice.look(event.currentTarget)
    },
    onSelect: (event) => {
      onSelect?.(event)
      choice.look(event.currentTarget)
    },
    onBlur: (event) => {
      onBlur?.(event)
      choice.close()
    },
    onKeyDown: (event) => {
      if (!choice.press(event)) onKeyDown?.(event)
    },
  }
  return {
    ...heard,
    ...listProps(listId, choice),
    'aria-autocomplete': 'list',
    inputContainer: (input: ReactNode) => (
      <div className={classes.area}>
        {input}
        {choice.isOpen && <ModuleList id={listId} choice={choice} />}
      </div>
    ),
  } as const
}

/** Which texts are offered where the caret stands, and which of them is marked. */
function useModuleChoice() {
  const [field, setField] = useState<Field | null>(null)
  const [asked, setAsked] = useState<ModuleQuery | null>(null)
  const [closedAt, setClosedAt] = useState<number | null>(null)
  const [marked, setMarked] = useState(0)
  const values = useModuleValues()
  const query = useQuery({ ...queries.textModules(), enabled: asked !== null })
  const found = asked === null ? [] : modulesFor(query.data?.items ?? [], asked.query)
  const isOpen = asked !== null && asked.start !== closedAt && found.length > 0
  const active = Math.min(marked, found.length - 1)

  const close = () => {
    setAsked(null)
    setClosedAt(null)
  }
  const put = (module: TextModule | undefined) => {
    if (field === null || asked === null || module === undefined) return
    const end = asked.start + 2 + asked.query.length
    const text = filledText(module.text, values)
    const filled = field instanceof HTMLInputElement ? inOneLine(text) : text
    close()
    typeInto(field, `${field.value.slice(0, asked.start)}${filled}${field.value.slice(end)}`)
    field.setSelectionRange(asked.start + filled.length, asked.start + filled.length)
  }
  const steps: Record<string, () => void> = {
    ArrowDown: () => setMarked((active + 1) % found.length),
    ArrowUp: () => setMarked((active - 1 + found.length) % found.length),
    Enter: () => put(found[active]),
    Tab: () => put(found[active]),
    Escape: () => setClosedAt(asked?.start ?? null),
  }
  return {
    found,
    isOpen,
    active,
    put,
    close,
    look: (from: Field) => {
      const next = moduleQuery(from.value, from.selectionEnd ?? from.value.length)
      setField(from)
      setAsked(next)
      if (next?.query !== asked?.query) setMarked(0)
      if (next === null) setClosedAt(null)
    },
    /** Whether the key was one of the list's; an input method in the middle of a letter has its own. */
    press: (event: KeyboardEvent) => {
      const step = steps[event.key]
      const { ctrlKey, altKey, shiftKey, nativeEvent } = event
      if (!isOpen || step === undefined || nativeEvent.isComposing) return false
      if (ctrlKey || altKey || shiftKey) return false
      event.preventDefault()
      event.stopPropagation()
      step()
      return true
    },
  }
}

/** As if it had been typed: React keeps a setter of its own on the element, which it does not hear. */
function typeInto(field: Field, words: string): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, words)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function ModuleList({ id, choice: { found, active, put } }: { id: string; choice: Choice }) {
  const { t } = useTranslation()
  const marked = useRef<HTMLLIElement>(null)
  useEffect(() => {
    // newer browsers answer with a promise, which is no clean-up
    marked.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <ul id={id} className={classes.list} role="listbox" aria-label={t('textModules.choose')}>
      {found.map((module, index) => (
        <li
          key={module.id}
          ref={index === active ? marked : undefined}
          id={`${id}-${index}`}
          className={classes.option}
          role="option"
          aria-selected={index === active}
          // the field keeps the keyboard
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => put(module)}
        >
          <span className={classes.name}>{module.name}</span>
          <span className={classes.text}>
            {module.title} · {module.text}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** What a field is told while texts are offered under it. */
function listProps(id: string, { isOpen, active }: Choice) {
  if (!isOpen) return {}
  return {
    'aria-controls': id,
    'aria-activedescendant': `${id}-${active}`,
    // Escape closes the list, not the dialog around the field
    'data-mantine-stop-propagation': true,
  }
}
