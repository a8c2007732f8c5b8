-- Drives a real Neovim: nvim --headless --clean -i NONE -n -l editors/neovim/test/run.lua PROGRAM
-- Waits for what happens, never for time; the limit only ends a run that hangs.

local program = assert(arg[1], 'which copydesk?')
local here = vim.fs.dirname(vim.fs.dirname(vim.fs.abspath(debug.getinfo(1, 'S').source:sub(2))))
local limit = 20000

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

local tests = {}

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
os.exit(failed == 0 and 0 or 1)
