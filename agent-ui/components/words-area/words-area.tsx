import { Textarea } from '@mantine/core'
import type { TextareaProps } from '@mantine/core'
import { useId } from 'react'
import type { Ref } from 'react'
import { listProps, ModuleList, useModuleChoice } from './module-choice.tsx'
import classes from './words-area.module.css'

interface WordsAreaProps extends TextareaProps {
  ref?: Ref<HTMLTextAreaElement>
}

/** A field for many words: `::` and letters of a name put a text of ours into it. */
export function WordsArea({ onChange, onKeyDown, onBlur, onSelect, ...props }: WordsAreaProps) {
  const listId = useId()
  const choice = useModuleChoice()
  return (
    <Textarea
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
