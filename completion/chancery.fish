# Completion of chancery for fish: chancery completion fish | source
function __chancery_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l candidates ($words[1] complete $words[2..] $word 2>/dev/null)
    if test (count $candidates) -gt 0
        printf '%s\n' $candidates
    else
        set -l flag (string match -r '^--[^=]*=' -- $word)
        printf "$flag%s\n" (__fish_complete_path (string replace -- "$flag" '' $word))
    end
end
complete -c chancery -f -a '(__chancery_complete)'
