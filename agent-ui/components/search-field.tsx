import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useAction } from '../actions.ts'

/** Between the last letter and the search. */
const PAUSE_MS = 250

interface SearchFieldProps {
  /** Of the action by which `/` leads here. */
  id: string
  label: string
  /** What the action is called in the help; the field's own name otherwise. */
  actionLabel?: string
  /** The words that are searched for now, as the address has them. */
  q: string
  className?: string | undefined
  onSearch: (q: string) => void
}

/** The field by which a list is searched while somebody types. */
export function SearchField(props: SearchFieldProps) {
  const { id, label, actionLabel = label, q, className, onSearch } = props
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(q)
  const [wanted] = useDebouncedValue(typed.normalize('NFC').trim(), PAUSE_MS)
  useAction({ id, keys: '/', label: actionLabel, run: () => field.current?.focus() })
  // a saved view brings words of its own
  useEffect(() => {
    if (q !== wanted) setTyped(q)
  }, [q])
  useEffect(() => {
    if (wanted !== q) onSearch(wanted)
  }, [wanted])
  return (
    <TextInput
      ref={field}
      {...(className === undefined ? {} : { className })}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      autoFocus
      maxLength={100}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  )
}
