-- What Pandoc has to do to a text between reading it and citing its sources.

-- Cross-references are written like citations of keys with a prefix.  They are taken out of the citations before
-- citeproc sees them, where a key in an unknown bibliography would become a note of its own.

local prefixes = { sec = true, fig = true, tbl = true, eq = true, note = true }

local function is_cross_reference(id)
  local prefix = id:match('^(%a+):')
  return prefix ~= nil and prefixes[prefix] ~= nil
end

-- An empty span would let citeproc join the punctuation before it with that behind it.
local placeholder = '\u{e013}'

local function link(citation, content)
  local attributes = { ['data-target'] = citation.id }
  if citation.mode == 'SuppressAuthor' then
    attributes['data-form'] = 'number'
  end
  return pandoc.Span(content, pandoc.Attr('', { 'octavo-xref' }, attributes))
end

local function spelled(citation, content)
  local inlines = pandoc.List(citation.prefix)
  if #citation.prefix > 0 then
    inlines:insert(pandoc.Space())
  end
  inlines:insert(link(citation, content))
  inlines:extend(citation.suffix)
  return inlines
end

local function take_references(cite)
  local kept = pandoc.List()
  local taken = pandoc.List()
  for _, citation in ipairs(cite.citations) do
    (is_cross_reference(citation.id) and taken or kept):insert(citation)
  end
  if #taken == 0 then
    return nil
  end
  local inlines = pandoc.List()
  local content = #kept > 0 and { pandoc.Str(placeholder) } or {}
  for index, citation in ipairs(taken) do
    if index > 1 then
      inlines:extend({ pandoc.Str(';'), pandoc.Space() })
    end
    inlines:extend(spelled(citation, content))
  end
  if #kept == 0 then
    return inlines
  end
  -- A reference beside sources stands behind the last of them, in the same note.
  local last = kept[#kept]
  local suffix = pandoc.List(last.suffix)
  suffix:extend({ pandoc.Str(';'), pandoc.Space() })
  suffix:extend(inlines)
  last.suffix = suffix
  return pandoc.Cite(cite.content, kept)
end

-- Two paragraphs of a definition that Pandoc takes for plain text would run into one another.
local function part_paragraphs(list)
  for _, item in ipairs(list.content) do
    for _, definition in ipairs(item[2]) do
      local plain = 0
      for _, block in ipairs(definition) do
        plain = plain + (block.t == 'Plain' and 1 or 0)
      end
      for index, block in ipairs(definition) do
        if plain > 1 and block.t == 'Plain' then
          definition[index] = pandoc.Para(block.content)
        end
      end
    end
  end
  return list
end

-- The text alternative of an image repeats its caption: a citation in it would be cited twice.
local function clear_alternative(image)
  local function nothing()
    return {}
  end
  image.caption = image.caption:walk({ Cite = nothing, Note = nothing })
  return image
end

-- Straight quotation marks become those of the chapter's language.  The walk goes from the outside in, so that outer
-- marks are known when inner ones are met.
local function mark_quotation(quotes, depth)
  local filter = { traverse = 'topdown' }
  function filter.Quoted(quoted)
    local first = depth == 0 and quoted.quotetype == 'DoubleQuote' and 1 or 3
    local inlines = pandoc.Inlines({ pandoc.Str(quotes[first]) })
    inlines:extend(quoted.content:walk(mark_quotation(quotes, depth + 1)))
    inlines:insert(pandoc.Str(quotes[first + 1]))
    return inlines, false
  end
  return filter
end

local function characters(text)
  local list = {}
  for _, code in utf8.codes(text) do
    table.insert(list, utf8.char(code))
  end
  return list
end

-- Citeproc prints the number of the note that cited a source first.  It gets the place of that note in its chapter, as
-- the HTML will have it; Pandoc's own numbers follow the source, where a caption may stand below its table.
local function number_notes(state)
  local function put(cite)
    local citations = pandoc.List()
    for _, citation in ipairs(cite.citations) do
      citation.note_num = state.notes
      citations:insert(citation)
    end
    cite.citations = citations
    return cite, false
  end
  return {
    traverse = 'topdown',
    Note = function(note)
      state.notes = state.notes + 1
      note.content = note.content:walk({ Cite = put })
      return note, false
    end,
    Cite = function(cite)
      state.notes = state.notes + 1
      return put(cite)
    end,
  }
end

local function go_through_chapters(document)
  local quotes = nil
  local state = { notes = 0 }
  for index, block in ipairs(document.blocks) do
    if block.t == 'Header' and block.classes:includes('reset-citation-positions') then
      local written = block.attributes['octavo-quotes']
      quotes = written and characters(written) or nil
      block.attributes['octavo-quotes'] = nil
      state.notes = 0
    end
    local holder = pandoc.Blocks({ block })
    if quotes ~= nil then
      holder = holder:walk(mark_quotation(quotes, 0))
    end
    document.blocks[index] = holder:walk(number_notes(state))[1]
  end
  return document
end

return {
  { Cite = take_references, DefinitionList = part_paragraphs, Image = clear_alternative },
  { Pandoc = go_through_chapters },
}
