-- Notes as spans where they are called, which the style sheet floats to the foot of the page.
function Note(note)
  return pandoc.Span(pandoc.utils.blocks_to_inlines(note.content), pandoc.Attr('', { 'footnote' }))
end
