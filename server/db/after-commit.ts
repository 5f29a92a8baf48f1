/** Runs the tasks in order; one that throws is reported and does not stop the next. */
export function runAfterCommit(
  tasks: readonly (() => void)[],
  onTaskError: (error: unknown) => void,
): void {
  for (const task of tasks) {
    try {
      task()
    } catch (error) {
      onTaskError(error)
    }
  }
}
