"""Pages -> `Issue`: paragraphs, roles, articles, reading order, links across pages."""
