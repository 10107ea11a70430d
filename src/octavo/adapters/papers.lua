-- Chapters that stand alone, each cited by itself: citeproc runs for one after another, so that none knows of the others.
-- What is to be done with each stands in plan.json, in the order of the files.

local function read(name)
  local file = assert(io.open(name, 'rb'))
  local text = file:read('a')
  file:close()
  return text
end

local function is_opening(block)
  return block.t == 'Header' and block.classes:includes('reset-citation-positions')
end

-- The blocks of each file, which begins with its opening.
local function split(blocks)
  local files = {}
  for _, block in ipairs(blocks) do
    if is_opening(block) then
      table.insert(files, pandoc.Blocks({}))
    end
    if #files > 0 then
      files[#files]:insert(block)
    end
  end
  return files
end

-- Put paragraphs at the end of the blocks that they belong to; citations in them are then met at their place.
local function insert_lines(blocks, lines)
  return blocks:walk({
    Div = function(div)
      local changed = false
      for _, line in ipairs(lines) do
        local within = line.entry.within
        if div.classes:includes(within.class) and div.attributes['octavo-place'] == within.place then
          div.content:insert(pandoc.Div(line.blocks, pandoc.Attr('', { 'octavo-source-line' })))
          changed = true
        end
      end
      return changed and div or nil
    end,
  })
end

local function without_opening(blocks)
  local rest = pandoc.Blocks({})
  for index = 2, #blocks do
    rest:insert(blocks[index])
  end
  return rest
end

local function cited_also(keys)
  local cites = pandoc.List()
  for _, key in ipairs(keys) do
    cites:insert(pandoc.Cite({}, { pandoc.Citation(key, 'NormalCitation') }))
  end
  return pandoc.MetaInlines(cites)
end

local function cite(blocks, entry, language)
  local meta = pandoc.Meta({
    bibliography = pandoc.MetaString(entry.bibliography),
    csl = pandoc.MetaString('style.csl'),
    lang = pandoc.MetaString(language),
    ['notes-after-punctuation'] = pandoc.MetaBool(entry.after),
  })
  if #entry.also > 0 then
    meta.nocite = cited_also(entry.also)
  end
  local cited = pandoc.utils.citeproc(pandoc.Pandoc(blocks, meta)).blocks
  return cited:walk({
    Div = function(div)
      if div.identifier == 'refs' then
        div.identifier = ''
        div.classes = pandoc.List({ 'octavo-references' })
        return div
      end
    end,
  })
end

function Pandoc(document)
  local plan = pandoc.json.decode(read('plan.json'), false)
  local chapters = {}
  for index, blocks in ipairs(split(document.blocks)) do
    local entry = plan[index]
    if entry.within then
      table.insert(chapters[#chapters].lines, { blocks = without_opening(blocks), entry = entry })
    else
      table.insert(chapters, { blocks = blocks, entry = entry, lines = {} })
    end
  end
  local out = pandoc.Blocks({})
  for _, chapter in ipairs(chapters) do
    local blocks = #chapter.lines > 0 and insert_lines(chapter.blocks, chapter.lines) or chapter.blocks
    for _, language in ipairs(chapter.entry.passes) do
      out:extend(cite(blocks, chapter.entry, language))
    end
  end
  return pandoc.Pandoc(out, document.meta)
end
