# Completion of chancery for zsh: source <(chancery completion zsh)
_chancery() {
    local -a candidates
    local program=${words[1]/#\~/$HOME}
    whence -p -- "$program" > /dev/null || program=chancery
    candidates=(${(f)"$("$program" complete "${(@)words[2,CURRENT]}" 2> /dev/null)"})
    if (( $#candidates )); then
        compadd -- $candidates
    else
        compset -P '*='
        _files
    fi
}
compdef _chancery chancery
