-- The notes of a flow document (octavo.typeset.flow) into notes of Pandoc's.

-- The body of each note stands at the end of the document; the anchor of its call stays around the note, and its own
-- begins its first paragraph.

local bodies = {}

local function gather(div)
  if not div.classes:includes('octavo-notes') then
    return nil
  end
  for _, body in ipairs(div.content) do
    bodies[body.attributes['note']] = body
  end
  return {}
end

local function anchored(body)
  local blocks = body.content
  local anchor = pandoc.Span({}, pandoc.Attr(body.identifier, { 'note-anchor' }))
  local first = blocks[1]
  if first ~= nil and (first.t == 'Para' or first.t == 'Plain') then
    first.content:insert(1, anchor)
  else
    blocks:insert(1, pandoc.Para({ anchor }))
  end
  local language = body.attributes['lang']
  if not language then
    return blocks
  end
  -- A division at the beginning of a note would part its number from its words.
  return blocks:map(function(block)
    local attributes = pandoc.Attr('', {}, { lang = language })
    if block.t == 'Para' or block.t == 'Plain' then
      block.content = { pandoc.Span(block.content, attributes) }
      return block
    end
    return pandoc.Div({ block }, attributes)
  end)
end

local function put(span)
  local id = span.classes:includes('note-call') and span.attributes['note']
  if not id then
    return nil
  end
  local body = bodies[id]
  if body == nil then
    error('the note ' .. id .. ' has no body')
  end
  span.content = { pandoc.Note(anchored(body)) }
  return span
end

return { { Div = gather }, { Span = put } }
