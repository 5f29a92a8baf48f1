import { Textarea } from '@mantine/core'
import type { TextareaProps } from '@mantine/core'
import type { Ref } from 'react'
import { useModules } from './module-choice.tsx'

interface WordsAreaProps extends TextareaProps {
  ref?: Ref<HTMLTextAreaElement>
}

/** A field for many words: `::` and letters of a name put a text of ours into it. */
export function WordsArea(props: WordsAreaProps) {
  return <Textarea {...props} {...useModules(props)} />
}
