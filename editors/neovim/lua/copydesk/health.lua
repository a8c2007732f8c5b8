-- :checkhealth copydesk

local M = {}

local function version(program)
  local ok, result = pcall(function()
    return vim.system({ program, '--version' }, { text = true }):wait(5000)
  end)
  return ok and result.code == 0 and vim.trim(result.stdout) or nil
end

function M.check()
  vim.health.start('copydesk')
  if vim.fn.has('nvim-0.11') == 0 then
    vim.health.error('Neovim is older than 0.11', { 'Install Neovim 0.11 or later: it reads lsp/copydesk.lua by itself' })
    return
  end

  local config = vim.lsp.config.copydesk
  if not config then
    vim.health.error('lsp/copydesk.lua is not on the runtimepath', { 'Add the folder editors/neovim to the runtimepath' })
    return
  end
  local program = type(config.cmd) == 'table' and config.cmd[1] or nil
  if program and vim.fn.executable(program) == 0 then
    vim.health.error(('“%s” is no program that can be started'):format(program), {
      'Install it: cargo install copydesk',
      "Or say where it is: vim.lsp.config('copydesk', { cmd = { '/path/to/copydesk', 'lsp' } })",
    })
  elseif program then
    local found = version(program)
    if found then
      vim.health.ok(('%s (%s)'):format(found, vim.fn.exepath(program)))
    else
      vim.health.error(('“%s --version” fails'):format(program), { 'Install it anew: cargo install copydesk' })
    end
  end

  if vim.lsp.is_enabled and not vim.lsp.is_enabled('copydesk') then
    vim.health.warn('the server is not enabled', { "Put vim.lsp.enable('copydesk') into init.lua" })
  end
  local clients = vim.lsp.get_clients({ name = 'copydesk' })
  if #clients == 0 then
    vim.health.info('it checks no buffer at the moment: open a draft')
  end
  for _, client in ipairs(clients) do
    local count = vim.tbl_count(client.attached_buffers)
    local guide = vim.fs.root(client.root_dir or '', { 'styleguide.toml' })
    vim.health.ok(('checks %d buffer(s) below %s'):format(count, client.root_dir or 'no folder'))
    vim.health.info(guide and ('styleguide: %s/styleguide.toml'):format(guide) or 'styleguide: none, the standard one holds')
  end
end

return M
