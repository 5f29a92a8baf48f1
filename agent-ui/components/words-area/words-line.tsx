import { TextInput } from '@mantine/core'
import type { TextInputProps } from '@mantine/core'
import { useModules } from './module-choice.tsx'

/** A field for one line, with our texts: a text of several lines becomes one. */
export function WordsLine(props: TextInputProps) {
  return <TextInput {...props} {...useModules(props)} />
}
