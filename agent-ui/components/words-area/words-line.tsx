import { TextInput } from '@mantine/core'
import type { TextInputProps } from '@mantine/core'
import { useId } from 'react'
import { listProps, ModuleList, useModuleChoice } from './module-choice.tsx'
import classes from './words-area.module.css'

/** The same for one line: a text of several becomes one. */
export function WordsLine({ onChange, onKeyDown, onBlur, onSelect, ...props }: TextInputProps) {
  const listId = useId()
  const choice = useModuleChoice()
  return (
    <TextInput
      {...props}
      inputContainer={(input) => (
        <div className={classes.area}>
          {input}
          {choice.isOpen && <ModuleList id={listId} choice={choice} />}
        </div>
      )}
      aria-autocomplete="list"
      {...listProps(listId, choice)}
      onChange={(event) => {
        onChange?.(event)
        choice.look(event.currentTarget)
      }}
      onSelect={(event) => {
        onSelect?.(event)
        choice.look(event.currentTarget)
      }}
      onBlur={(event) => {
        onBlur?.(event)
        choice.close()
      }}
      onKeyDown={(event) => {
        if (!choice.press(event)) onKeyDown?.(event)
      }}
    />
  )
}
