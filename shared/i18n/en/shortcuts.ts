/** Every shortcut of the program, as the help sheet lists them. */
export const shortcuts = {
  palette: 'Search and commands',
  search: 'Go to the search box',
  new: 'New (patient, record, user)',
  save: 'Save',
  undo: 'Undo the last save',
  insert: 'Insert a ready text, where one writes',
  back: 'Back, or close',
  lock: 'Lock the screen',
  help: 'This list',
  tab: 'A part of the chart',
  list: 'Move in a list',
  open: 'Open the chosen row',
  snippet: 'Type a ready text by its shortcut',
  move: 'Move an appointment in the book, and put it down',
  queue: 'In the queue: call, priority, end the visit',
} as const;
