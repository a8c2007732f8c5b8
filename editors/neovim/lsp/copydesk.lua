-- The settings of the copydesk language server, for vim.lsp.enable('copydesk') (Neovim 0.11 and later).

--- A draft belongs to the folder whose guide holds for it, else to its repository, else to its own folder.
---@param path string
---@return string
local function root(path)
  return vim.fs.root(path, { 'styleguide.toml' }) or vim.fs.root(path, { '.git' }) or vim.fs.dirname(path)
end

---@type vim.lsp.Config
return {
  cmd = { 'copydesk', 'lsp' },
  filetypes = { 'markdown', 'text', 'html', 'mail', 'toml' },
  -- A function, because of all TOML files only a guide is any of the server's business.
  root_dir = function(buffer, on_dir)
    local path = vim.api.nvim_buf_get_name(buffer)
    if vim.bo[buffer].filetype == 'toml' and vim.fs.basename(path) ~= 'styleguide.toml' then
      return
    end
    on_dir(path == '' and vim.fn.getcwd() or root(path))
  end,
  get_language_id = function(_, filetype)
    return filetype == 'text' and 'plaintext' or filetype
  end,
}
