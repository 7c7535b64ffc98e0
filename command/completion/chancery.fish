# Completion of chancery for fish: chancery completion fish | source
function __chancery_complete
    set -l words (commandline -opc)
    set -l program (string replace -r '^~' $HOME -- $words[1])
    type -q $program; or set program chancery
    set -l candidates ($program complete $words[2..] (commandline -ct) 2>/dev/null)
    printf '%s\n' $candidates
    test (count $candidates) -gt 0
end
complete -c chancery -f -n '__chancery_complete >/dev/null' -a '(__chancery_complete)'
