"""Documents: web pages, Word files, PDFs, mails, tables and archives to articles, told apart by what is in them."""
