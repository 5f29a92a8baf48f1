import { useForm } from '@mantine/form'
import type { UseFormReturnType } from '@mantine/form'
import { t as translate } from 'i18next'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { FormEvent, KeyboardEvent } from 'react'
import type { z } from 'zod'
import { RequestFailed } from '../../request.ts'
import { dropDraft, followDraft, keepDraft, readDraft } from '../../drafts.ts'
import { useUser } from '../../session.ts'
import { formFaults } from '../../state/form-faults.ts'
import type { FormFault } from '../../state/form-faults.ts'
import { rebasedValues, restoredValues } from '../../state/kept-values.ts'
import type { Kept } from '../../state/kept-values.ts'
import { fieldFaultText, notifyFailure } from '../failure.tsx'

interface DraftFormOptions<V extends object> {
  /** Names the words, in this browser and at the server, e.g. `note.<ticket>`; null keeps nothing (passwords). */
  key: string | null
  /** What the server accepts; the form says the same before anything is sent. */
  schema: z.ZodType
  /** The untouched form; when it changes, the fields that nobody typed into change with it. */
  initial: V
  /** Called with what was typed, when the schema has nothing against it. */
  onSubmit: (values: V) => void
}

export interface DraftForm<V extends object> {
  key: string | null
  form: UseFormReturnType<V>
  /** True while the words of an earlier page stand in the form. */
  wasKept: boolean
  isChanged: boolean
  /** The words are saved or no longer wanted: the form is empty and nothing is kept. */
  clear: () => void
  /** Says at each field what the server refused, and by a message what belongs to none. */
  refuse: (error: unknown) => void
  /** For `<form>`: submit, Ctrl+Enter, and Escape that leaves a field. */
  props: {
    onSubmit: (event: FormEvent<HTMLFormElement>) => void
    onKeyDown: (event: KeyboardEvent<HTMLFormElement>) => void
    noValidate: true
  }
}

/** Every form of the page: checked by the contract, its words kept per person until they are saved. */
export function useDraftForm<V extends object>(options: DraftFormOptions<V>): DraftForm<V> {
  const { schema, initial, onSubmit } = options
  const draft = useKept(options.key, initial)
  const form = useForm<V>({
    mode: 'controlled',
    initialValues: draft.start,
    validate: (values) => textsOf(schema, values),
  })
  const { values } = form
  useNewer(form, initial)
  useEffect(() => draft.keep(values), [values, JSON.stringify(initial)])
  draft.useElsewhere((words) => form.setValues(words ?? initial))
  const isChanged = !isSame(values, initial)
  const submit = form.onSubmit((typed) => onSubmit(typed))
  return {
    key: options.key,
    form,
    wasKept: draft.wasKept && isChanged,
    isChanged,
    clear: () => {
      draft.drop()
      form.setValues(initial)
      form.clearErrors()
    },
    refuse: (error) => {
      const faults = error instanceof RequestFailed ? error.faults : []
      const own = faults.filter(({ path }) => Object.hasOwn(values, path.split('.')[0] ?? ''))
      form.setErrors(Object.fromEntries(own.map((fault) => [fault.path, fieldFaultText(fault)])))
      if (own.length === 0 || own.length < faults.length) notifyFailure(error)
    },
    props: {
      onSubmit: (event) => submit(event),
      onKeyDown: (event) => {
        if (event.key === 'Enter' && event.ctrlKey) submit()
        if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
      },
      noValidate: true,
    },
  }
}

/** Follows what is saved meanwhile: only the fields that were typed into here stay. */
function useNewer<V extends object>(form: UseFormReturnType<V>, initial: V): void {
  const base = useRef(initial)
  useLayoutEffect(() => {
    if (isSame(base.current, initial)) return
    form.setValues(rebasedValues(form.getValues(), base.current, initial))
    base.current = initial
  })
}

/** The words left under this key; read once, kept while they differ from an untouched form. */
function useKept<V extends object>(key: string | null, initial: V) {
  const { id } = useUser()
  const [kept] = useState(() => (key === null ? null : restoredValues(readDraft(id, key), initial)))
  const [isRestored, setRestored] = useState(kept !== null)
  const isOurs = useRef(false)
  return {
    start: kept ?? initial,
    wasKept: isRestored,
    keep: (values: V) => {
      if (key === null) return
      const isChanged = !isSame(values, initial)
      const stands = restoredValues(readDraft(id, key), initial)
      const draft: Kept<V> = { base: initial, values }
      // a form that only shows what is kept makes old words no newer
      if (isChanged && (stands === null || !isSame(stands, values))) keepDraft(id, key, draft)
      // another tab's words stay when nothing was written here
      else if (!isChanged && isOurs.current) dropDraft(id, key)
      isOurs.current = isChanged
    },
    drop: () => {
      setRestored(false)
      if (key !== null) dropDraft(id, key)
    },
    /** Another device or tab typed on, or saved: whoever types here is not disturbed. */
    useElsewhere: (show: (words: V | null) => void) => {
      const latest = useRef(show)
      useLayoutEffect(() => {
        latest.current = show
      })
      useEffect(() => {
        if (key === null) return undefined
        return followDraft(id, key, () => {
          const words = restoredValues(readDraft(id, key), initial)
          isOurs.current = words !== null
          setRestored(words !== null)
          latest.current(words)
        })
      }, [id, key, JSON.stringify(initial)])
    },
  }
}

function isSame(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function textsOf(schema: z.ZodType, values: unknown): Record<string, string> {
  const { error } = schema.safeParse(values, { reportInput: true })
  return Object.fromEntries(
    Object.entries(formFaults(error?.issues ?? [])).map(([path, fault]) => [
      path,
      formFaultText(fault),
    ]),
  )
}

function formFaultText(fault: FormFault): string {
  switch (fault.code) {
    case 'too_short':
    case 'too_small':
      return translate(`formFault.${fault.code}`, { min: fault.min })
    case 'too_long':
    case 'too_large':
      return translate(`formFault.${fault.code}`, { max: fault.max })
    case 'required':
    case 'format':
    case 'choice':
    case 'wrong':
      return translate(`formFault.${fault.code}`)
    default:
      return fault satisfies never
  }
}
