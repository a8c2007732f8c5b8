-- Drives a real Neovim: nvim --headless --clean -i NONE -n -l editors/neovim/test/run.lua PROGRAM PICTURES
-- First this one, by its API; then another one in a terminal, by keys and by what stands on the screen. Waits for what
-- happens, never for time; the limit only ends a run that hangs. Leaves the terminal's screens in PICTURES.

local program = vim.fs.abspath(assert(arg[1], 'which copydesk?'))
local pictures = vim.fs.abspath(assert(arg[2], 'where do the pictures go?'))
local here = vim.fs.dirname(vim.fs.dirname(vim.fs.abspath(debug.getinfo(1, 'S').source:sub(2))))
local limit = 60000

local function wait(what, condition)
  assert(vim.wait(limit, condition, 5), 'never happened: ' .. what)
end

local function eq(expected, actual, what)
  assert(
    vim.deep_equal(expected, actual),
    ('%s: %s instead of %s'):format(what, vim.inspect(actual), vim.inspect(expected))
  )
end

local folder = vim.fn.tempname()
vim.fn.mkdir(folder, 'p')
local function write(name, text)
  vim.fn.writefile(vim.split(text, '\n'), folder .. '/' .. name)
end
local function read(name)
  return table.concat(vim.fn.readfile(folder .. '/' .. name), '\n')
end

--- Picks the code action whose title has these words.
local function act(words)
  local picked
  vim.ui.select = function(items, _, on_choice)
    for _, item in ipairs(items) do
      if item.action.title:find(words, 1, true) then
        picked = item.action.title
        return on_choice(item)
      end
    end
    picked = false
  end
  vim.lsp.buf.code_action()
  wait('an action with ' .. words, function()
    return picked ~= nil
  end)
  assert(picked, 'no action with ' .. words)
end

local function marks()
  local codes = {}
  for _, mark in ipairs(vim.diagnostic.get(0)) do
    codes[#codes + 1] = mark.code
  end
  return codes
end

-- One dash of the wrong kind is marked, in the last line.
local dashes = table.concat({
  '“😀” The harbour — closed since May — is open.',
  '',
  'The bridge – the old one – is not, they said. So it goes — slowly and without a plan.',
}, '\n')

-- Two marks: “Sings” in the headline, “Dialo” in the last line.
local visit = table.concat({
  '# Ferry Returns as Island Shows Sings of a New Start',
  '',
  '😀 On Monday Amadou Diallo spoke first. “The island has waited for eleven years,” Amadou Diallo said.',
  'Amadou Diallo left early, and Amadou Dialo came back.',
}, '\n')
local other = 'On Monday Amadou Diallo wrote to the office.'

--- Writes two drafts into a folder of their own and gives it.
local function drafts(name)
  local path = folder .. '/' .. name
  vim.fn.mkdir(path, 'p')
  write(name .. '/styleguide.toml', '')
  write(name .. '/visit.md', visit)
  write(name .. '/other.md', other)
  return path
end

--- Opens the draft and waits for its marks.
local function open_visit(name)
  vim.cmd.edit(drafts(name) .. '/visit.md')
  wait('two marks', function()
    return #vim.diagnostic.get(0) == 2
  end)
end

--- The words under the mark of a rule.
local function marked(code)
  for _, mark in ipairs(vim.diagnostic.get(0)) do
    if mark.code == code then
      local line = vim.api.nvim_buf_get_lines(0, mark.lnum, mark.lnum + 1, false)[1]
      return line:sub(mark.col + 1, mark.end_col), mark
    end
  end
end

local function put_cursor(mark)
  vim.api.nvim_win_set_cursor(0, { mark.lnum + 1, mark.col })
end

local tests = {}

function tests.each_mark_stands_once_under_its_words_and_is_listed()
  open_visit('marks')
  eq('Sings', (marked('wrong-word')), 'the slip')
  eq('Dialo', (marked('name-variant')), 'the name')
  vim.diagnostic.setloclist({ open = false })
  local listed = vim.tbl_map(function(item)
    return item.text
  end, vim.fn.getloclist(0))
  eq(2, #listed, 'the list')
  assert(listed[1]:find('“Sings” looks like a slip for “Signs”', 1, true), vim.inspect(listed))
end

function tests.a_name_added_to_the_styleguide_is_known()
  open_visit('guide')
  local _, mark = marked('name-variant')
  put_cursor(mark)
  act('to the styleguide')
  wait('one mark', function()
    return #vim.diagnostic.get(0) == 1
  end)
  vim.cmd.wall({ mods = { silent = true } })
  assert(read('guide/styleguide.toml'):find('"Dialo" = []', 1, true), read('guide/styleguide.toml'))
end

function tests.a_name_is_renamed_in_two_files()
  open_visit('rename')
  vim.api.nvim_win_set_cursor(0, { 4, 8 })
  vim.lsp.buf.rename('Amadou Dembele')
  wait('the new name', function()
    return vim.api.nvim_buf_get_lines(0, 3, 4, false)[1]:find('^Amadou Dembele left') ~= nil
  end)
  vim.cmd.wall({ mods = { silent = true } })
  eq('On Monday Amadou Dembele wrote to the office.', read('rename/other.md'), 'the other draft')
  assert(read('rename/visit.md'):find('Monday Amadou Dembele spoke', 1, true), read('rename/visit.md'))
end

function tests.marks_keep_their_place_while_it_is_typed_above_them()
  open_visit('above')
  for count = 1, 20 do
    vim.api.nvim_buf_set_lines(0, 0, 0, false, { 'x', '' })
    wait('the mark, further down', function()
      local words, mark = marked('name-variant')
      return words == 'Dialo' and mark.lnum == 3 + 2 * count
    end)
  end
end

--- A Neovim in a terminal, with the plugin and nothing else.
local function terminal(name)
  local config = folder .. '/init.lua'
  vim.fn.writefile({
    ('vim.opt.runtimepath:prepend(%q)'):format(here),
    ("vim.lsp.config('copydesk', { cmd = { %q, 'lsp' } })"):format(program),
    "vim.lsp.enable('copydesk')",
    'vim.diagnostic.config({ virtual_text = true })',
    'vim.o.wrap = false',
  }, config)
  local path = drafts(name)
  vim.cmd.enew()
  local buffer = vim.api.nvim_get_current_buf()
  local command = { vim.v.progpath, '-u', config, '-i', 'NONE', '-n', 'visit.md' }
  local job = vim.fn.jobstart(command, { term = true, cwd = path })
  assert(job > 0, 'no terminal')
  return {
    path = path,
    keys = function(keys)
      vim.api.nvim_chan_send(job, keys)
    end,
    --- Waits until words stand on the screen; keeps the screen where it has a name.
    shows = function(words, picture)
      local screen
      local shown = vim.wait(limit, function()
        screen = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
        return screen:find(words, 1, true) ~= nil
      end, 5)
      assert(shown, ('“%s” is not on the screen:\n%s'):format(words, screen))
      if picture then
        vim.fn.writefile(vim.split(screen, '\n'), ('%s/neovim-%s.txt'):format(pictures, picture))
      end
    end,
    quit = function()
      vim.fn.jobstop(job)
      vim.fn.jobwait({ job })
      vim.api.nvim_buf_delete(buffer, { force = true })
    end,
  }
end

function tests.in_a_terminal_a_mark_is_shown_explained_mended_and_written()
  local nvim = terminal('terminal')
  nvim.shows('■ “Sings” looks', 'marks')
  nvim.keys(']dK')
  nvim.shows('wrong-word', 'hover')
  nvim.keys('\27gra')
  nvim.shows('1: Change to “Signs”', 'actions')
  nvim.keys('1\r')
  nvim.shows('Signs of a New Start')
  nvim.keys(':w\r')
  wait('the file', function()
    return read('terminal/visit.md') == (visit:gsub('Sings', 'Signs'))
  end)
  nvim.quit()
end

function tests.in_a_terminal_a_name_is_renamed_in_two_files()
  local nvim = terminal('terminal-rename')
  nvim.shows('■ “Dialo” here')
  nvim.keys('/Diallo left\r')
  nvim.keys('grn')
  nvim.shows('New Name: Amadou Diallo')
  nvim.keys('\21Amadou Dembele\r')
  nvim.shows('Amadou Dembele left', 'rename')
  nvim.keys(':wall\r')
  wait('both files', function()
    return read('terminal-rename/other.md'):find('Amadou Dembele', 1, true)
      and read('terminal-rename/visit.md'):find('Amadou Dembele', 1, true)
  end)
  nvim.quit()
end

function tests.a_draft_is_marked_mended_and_written()
  write('dashes.md', dashes)
  vim.cmd.edit(folder .. '/dashes.md')
  wait('a mark', function()
    return #vim.diagnostic.get(0) == 1
  end)
  local mark = vim.diagnostic.get(0)[1]
  eq('mixed-dashes', mark.code, 'the rule')
  local line = vim.api.nvim_buf_get_lines(0, mark.lnum, mark.lnum + 1, false)[1]
  eq('–', line:sub(mark.col + 1, mark.end_col), 'the marked words')

  vim.api.nvim_win_set_cursor(0, { mark.lnum + 1, mark.col })
  act('Change all')
  wait('no mark', function()
    return #vim.diagnostic.get(0) == 0
  end)
  vim.cmd.write({ mods = { silent = true } })
  eq((dashes:gsub('–', '—')), read('dashes.md'), 'the file')
  vim.cmd.undo()
  wait('the mark again', function()
    return #vim.diagnostic.get(0) == 1
  end)
end

function tests.a_mark_is_let_stand()
  write('stet.md', dashes)
  vim.cmd.edit(folder .. '/stet.md')
  wait('a mark', function()
    return #vim.diagnostic.get(0) == 1
  end)
  vim.api.nvim_win_set_cursor(0, { 3, vim.diagnostic.get(0)[1].col })
  act('Let it stand')
  wait('no mark', function()
    return #vim.diagnostic.get(0) == 0
  end)
  eq('<!-- stet mixed-dashes -->', vim.api.nvim_buf_get_lines(0, 2, 3, false)[1], 'the line above')
end

function tests.the_guide_holds_while_it_is_written_and_shows_its_errors()
  write('guide.md', dashes)
  vim.cmd.edit(folder .. '/guide.md')
  wait('a mark', function()
    return #vim.diagnostic.get(0) == 1
  end)
  local draft = vim.api.nvim_get_current_buf()
  vim.cmd.edit(folder .. '/styleguide.toml')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { '[rules]', 'mixed-dashs = "off"' })
  wait('an error in the guide', function()
    return #vim.diagnostic.get(0) == 1
  end)
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { '[rules]', 'mixed-dashes = "off"' })
  wait('a guide without errors, and a draft without marks', function()
    return #vim.diagnostic.get(0) == 0 and #vim.diagnostic.get(draft) == 0
  end)
  vim.cmd('bwipeout!')
end

function tests.a_hover_explains()
  write('hover.md', dashes)
  vim.cmd.edit(folder .. '/hover.md')
  wait('a mark', function()
    return #vim.diagnostic.get(0) == 1
  end)
  vim.api.nvim_win_set_cursor(0, { 3, vim.diagnostic.get(0)[1].col })
  local client = vim.lsp.get_clients({ name = 'copydesk' })[1]
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answer = client:request_sync('textDocument/hover', params, limit, 0)
  assert(answer.result.contents.value:find('mixed%-dashes'), vim.inspect(answer))
end

function tests.the_health_check_finds_the_program()
  vim.cmd('checkhealth copydesk')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  assert(report:find('copydesk 0.1.0', 1, true), report)
  assert(not report:find('ERROR', 1, true), report)
  vim.cmd('bwipeout!')
end

function tests.the_help_is_found()
  vim.cmd.helptags(here .. '/doc')
  vim.cmd.help('copydesk-use')
  eq('copydesk.txt', vim.fs.basename(vim.api.nvim_buf_get_name(0)), 'the help file')
  vim.cmd('bwipeout!')
  vim.fn.delete(here .. '/doc/tags')
end

vim.fn.mkdir(pictures, 'p')
vim.opt.runtimepath:prepend(here)
vim.o.swapfile = false
vim.o.hidden = true
vim.cmd('filetype on')
vim.lsp.config('copydesk', { cmd = { program, 'lsp' } })
vim.lsp.enable('copydesk')

local failed = 0
for _, name in ipairs(vim.fn.sort(vim.tbl_keys(tests))) do
  local ok, err = xpcall(tests[name], debug.traceback)
  io.write(('%s %s\n'):format(ok and 'ok  ' or 'FAIL', name))
  if not ok then
    failed = failed + 1
    io.write(err, '\n', 'marks: ', vim.inspect(marks()), '\n')
  end
end
vim.fn.delete(folder, 'rf')
io.write(('%d passed, %d failed\n'):format(vim.tbl_count(tests) - failed, failed))
os.exit(failed == 0 and 0 or 1)
